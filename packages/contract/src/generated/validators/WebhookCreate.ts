// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck ajv writes JavaScript.
import { codePoints } from "../../validation/runtime.ts";
export const validate = validate0;
const schema1 = {"enum":["EXPORT_READY","FILE_MANAGER_FILE_ADDED","DATA_ADDED","INGESTION_COMPLETE","INGESTION_FAILED","ANALYSIS_COMPLETE","ANALYSIS_FAILED","UNMAPPED_ACCOUNTS","ENGAGEMENT_CREATED","ENGAGEMENT_UPDATED","ENGAGEMENT_DELETED","ANALYSIS_CREATED","ANALYSIS_UPDATED","ANALYSIS_DELETED","ANALYSIS_ARCHIVED","ANALYSIS_UNARCHIVED","USER_INVITED","USER_STATUS_UPDATED","USER_ROLE_UPDATED","USER_DELETED","USER_LOGIN"]};
const schema2 = {"enum":["ACTIVE","INACTIVE"]};
const func0 = codePoints;

function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate0.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.url === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "url"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.technicalContactId === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "technicalContactId"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.events === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "events"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.status === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "status"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "name") || (key0 === "url")) || (key0 === "technicalContactId")) || (key0 === "events")) || (key0 === "status"))){
const err5 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(func0(data0) < 1){
const err6 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.url !== undefined){
let data1 = data.url;
if(typeof data1 === "string"){
if(func0(data1) < 1){
const err8 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.technicalContactId !== undefined){
if(typeof data.technicalContactId !== "string"){
const err10 = {instancePath:instancePath+"/technicalContactId",schemaPath:"#/properties/technicalContactId/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.events !== undefined){
let data3 = data.events;
if(Array.isArray(data3)){
if(data3.length > 2147483647){
const err11 = {instancePath:instancePath+"/events",schemaPath:"#/properties/events/maxItems",keyword:"maxItems",params:{limit: 2147483647}};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data3.length < 1){
const err12 = {instancePath:instancePath+"/events",schemaPath:"#/properties/events/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(!(((((((((((((((((((((data4 === "EXPORT_READY") || (data4 === "FILE_MANAGER_FILE_ADDED")) || (data4 === "DATA_ADDED")) || (data4 === "INGESTION_COMPLETE")) || (data4 === "INGESTION_FAILED")) || (data4 === "ANALYSIS_COMPLETE")) || (data4 === "ANALYSIS_FAILED")) || (data4 === "UNMAPPED_ACCOUNTS")) || (data4 === "ENGAGEMENT_CREATED")) || (data4 === "ENGAGEMENT_UPDATED")) || (data4 === "ENGAGEMENT_DELETED")) || (data4 === "ANALYSIS_CREATED")) || (data4 === "ANALYSIS_UPDATED")) || (data4 === "ANALYSIS_DELETED")) || (data4 === "ANALYSIS_ARCHIVED")) || (data4 === "ANALYSIS_UNARCHIVED")) || (data4 === "USER_INVITED")) || (data4 === "USER_STATUS_UPDATED")) || (data4 === "USER_ROLE_UPDATED")) || (data4 === "USER_DELETED")) || (data4 === "USER_LOGIN"))){
const err13 = {instancePath:instancePath+"/events/" + i0,schemaPath:"#/$defs/WebhookEvent/enum",keyword:"enum",params:{allowedValues: schema1.enum}};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/events",schemaPath:"#/properties/events/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.status !== undefined){
let data5 = data.status;
if(!((data5 === "ACTIVE") || (data5 === "INACTIVE"))){
const err15 = {instancePath:instancePath+"/status",schemaPath:"#/$defs/WebhookStatus/enum",keyword:"enum",params:{allowedValues: schema2.enum}};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate0.errors = vErrors;
return errors === 0;
}
validate0.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
