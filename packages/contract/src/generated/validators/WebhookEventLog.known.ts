// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck ajv writes JavaScript.
export const validate = validate0;
const schema0 = {"type":"object","required":["id","version","status","webhookId"],"properties":{"id":{"type":"string"},"version":{"type":"integer"},"creationDate":{"format":"date-time","type":"string"},"lastModifiedDate":{"format":"date-time","type":"string"},"createdUserInfo":{"allOf":[{"$ref":"#/$defs/UserInfo"}],"unevaluatedProperties":false},"lastModifiedUserInfo":{"allOf":[{"$ref":"#/$defs/UserInfo"}],"unevaluatedProperties":false},"status":{"$ref":"#/$defs/AnyWebhookEventLogStatus.known"},"webhookId":{"type":"string"},"attemptStartDate":{"format":"date-time","type":"string"},"url":{"type":"string"},"eventType":{"type":"string"},"requestHeaders":{"type":"object"},"requestBody":{"type":"string"},"responseStatusCode":{"minimum":-2147483648,"maximum":2147483647,"type":"integer"},"responseHeaders":{"type":"object"},"responseTimeSec":{"type":"number"},"retryCount":{"minimum":-2147483648,"maximum":2147483647,"type":"integer"},"requestId":{"type":"string"}},"additionalProperties":false,"$defs":{"UserInfo":{"type":"object","properties":{"userId":{"type":"string"},"userName":{"type":"string"}}},"AnyWebhookEventLogStatus.known":{"enum":["IN_PROGRESS","COMPLETED","FAILED","FAILED_PERMANENTLY","DISCONNECTED"]}}};
const schema3 = {"enum":["IN_PROGRESS","COMPLETED","FAILED","FAILED_PERMANENTLY","DISCONNECTED"]};
const func0 = Object.prototype.hasOwnProperty;
const formats0 = /^\d\d\d\d-[0-1]\d-[0-3]\dt(?:[0-2]\d:[0-5]\d:[0-5]\d|23:59:60)(?:\.\d+)?(?:z|[+-]\d\d(?::?\d\d)?)$/i;

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
if(data.id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "id"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.version === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.status === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "status"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.webhookId === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "webhookId"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!(func0.call(schema0.properties, key0))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
const err5 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.version !== undefined){
let data1 = data.version;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err6 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.creationDate !== undefined){
let data2 = data.creationDate;
if(typeof data2 === "string"){
if(!(formats0.test(data2))){
const err7 = {instancePath:instancePath+"/creationDate",schemaPath:"#/properties/creationDate/format",keyword:"format",params:{format: "date-time"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/creationDate",schemaPath:"#/properties/creationDate/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.lastModifiedDate !== undefined){
let data3 = data.lastModifiedDate;
if(typeof data3 === "string"){
if(!(formats0.test(data3))){
const err9 = {instancePath:instancePath+"/lastModifiedDate",schemaPath:"#/properties/lastModifiedDate/format",keyword:"format",params:{format: "date-time"}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/lastModifiedDate",schemaPath:"#/properties/lastModifiedDate/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.createdUserInfo !== undefined){
let data4 = data.createdUserInfo;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.userId !== undefined){
if(typeof data4.userId !== "string"){
const err11 = {instancePath:instancePath+"/createdUserInfo/userId",schemaPath:"#/$defs/UserInfo/properties/userId/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data4.userName !== undefined){
if(typeof data4.userName !== "string"){
const err12 = {instancePath:instancePath+"/createdUserInfo/userName",schemaPath:"#/$defs/UserInfo/properties/userName/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/createdUserInfo",schemaPath:"#/$defs/UserInfo/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key1 in data4){
if((key1 !== "userId") && (key1 !== "userName")){
const err14 = {instancePath:instancePath+"/createdUserInfo",schemaPath:"#/properties/createdUserInfo/unevaluatedProperties",keyword:"unevaluatedProperties",params:{unevaluatedProperty: key1}};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
}
if(data.lastModifiedUserInfo !== undefined){
let data7 = data.lastModifiedUserInfo;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.userId !== undefined){
if(typeof data7.userId !== "string"){
const err15 = {instancePath:instancePath+"/lastModifiedUserInfo/userId",schemaPath:"#/$defs/UserInfo/properties/userId/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data7.userName !== undefined){
if(typeof data7.userName !== "string"){
const err16 = {instancePath:instancePath+"/lastModifiedUserInfo/userName",schemaPath:"#/$defs/UserInfo/properties/userName/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/lastModifiedUserInfo",schemaPath:"#/$defs/UserInfo/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key2 in data7){
if((key2 !== "userId") && (key2 !== "userName")){
const err18 = {instancePath:instancePath+"/lastModifiedUserInfo",schemaPath:"#/properties/lastModifiedUserInfo/unevaluatedProperties",keyword:"unevaluatedProperties",params:{unevaluatedProperty: key2}};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
}
if(data.status !== undefined){
let data10 = data.status;
if(!(((((data10 === "IN_PROGRESS") || (data10 === "COMPLETED")) || (data10 === "FAILED")) || (data10 === "FAILED_PERMANENTLY")) || (data10 === "DISCONNECTED"))){
const err19 = {instancePath:instancePath+"/status",schemaPath:"#/$defs/AnyWebhookEventLogStatus.known/enum",keyword:"enum",params:{allowedValues: schema3.enum}};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.webhookId !== undefined){
if(typeof data.webhookId !== "string"){
const err20 = {instancePath:instancePath+"/webhookId",schemaPath:"#/properties/webhookId/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.attemptStartDate !== undefined){
let data12 = data.attemptStartDate;
if(typeof data12 === "string"){
if(!(formats0.test(data12))){
const err21 = {instancePath:instancePath+"/attemptStartDate",schemaPath:"#/properties/attemptStartDate/format",keyword:"format",params:{format: "date-time"}};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/attemptStartDate",schemaPath:"#/properties/attemptStartDate/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.url !== undefined){
if(typeof data.url !== "string"){
const err23 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.eventType !== undefined){
if(typeof data.eventType !== "string"){
const err24 = {instancePath:instancePath+"/eventType",schemaPath:"#/properties/eventType/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.requestHeaders !== undefined){
let data15 = data.requestHeaders;
if(!(data15 && typeof data15 == "object" && !Array.isArray(data15))){
const err25 = {instancePath:instancePath+"/requestHeaders",schemaPath:"#/properties/requestHeaders/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.requestBody !== undefined){
if(typeof data.requestBody !== "string"){
const err26 = {instancePath:instancePath+"/requestBody",schemaPath:"#/properties/requestBody/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.responseStatusCode !== undefined){
let data17 = data.responseStatusCode;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
const err27 = {instancePath:instancePath+"/responseStatusCode",schemaPath:"#/properties/responseStatusCode/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 2147483647 || isNaN(data17)){
const err28 = {instancePath:instancePath+"/responseStatusCode",schemaPath:"#/properties/responseStatusCode/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2147483647}};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(data17 < -2147483648 || isNaN(data17)){
const err29 = {instancePath:instancePath+"/responseStatusCode",schemaPath:"#/properties/responseStatusCode/minimum",keyword:"minimum",params:{comparison: ">=", limit: -2147483648}};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
if(data.responseHeaders !== undefined){
let data18 = data.responseHeaders;
if(!(data18 && typeof data18 == "object" && !Array.isArray(data18))){
const err30 = {instancePath:instancePath+"/responseHeaders",schemaPath:"#/properties/responseHeaders/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.responseTimeSec !== undefined){
let data19 = data.responseTimeSec;
if(!((typeof data19 == "number") && (isFinite(data19)))){
const err31 = {instancePath:instancePath+"/responseTimeSec",schemaPath:"#/properties/responseTimeSec/type",keyword:"type",params:{type: "number"}};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.retryCount !== undefined){
let data20 = data.retryCount;
if(!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))){
const err32 = {instancePath:instancePath+"/retryCount",schemaPath:"#/properties/retryCount/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 > 2147483647 || isNaN(data20)){
const err33 = {instancePath:instancePath+"/retryCount",schemaPath:"#/properties/retryCount/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2147483647}};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data20 < -2147483648 || isNaN(data20)){
const err34 = {instancePath:instancePath+"/retryCount",schemaPath:"#/properties/retryCount/minimum",keyword:"minimum",params:{comparison: ">=", limit: -2147483648}};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
if(data.requestId !== undefined){
if(typeof data.requestId !== "string"){
const err35 = {instancePath:instancePath+"/requestId",schemaPath:"#/properties/requestId/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
validate0.errors = vErrors;
return errors === 0;
}
validate0.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
