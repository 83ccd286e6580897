// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
// @ts-nocheck ajv writes JavaScript.
export const validate = validate0;
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
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/DeliveryEnvelope/required",keyword:"required",params:{missingProperty: "type"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.eventId === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/DeliveryEnvelope/required",keyword:"required",params:{missingProperty: "eventId"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.timestamp === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/DeliveryEnvelope/required",keyword:"required",params:{missingProperty: "timestamp"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.senderId === undefined){
const err3 = {instancePath,schemaPath:"#/$defs/DeliveryEnvelope/required",keyword:"required",params:{missingProperty: "senderId"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.tenantId === undefined){
const err4 = {instancePath,schemaPath:"#/$defs/DeliveryEnvelope/required",keyword:"required",params:{missingProperty: "tenantId"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.data === undefined){
const err5 = {instancePath,schemaPath:"#/$defs/DeliveryEnvelope/required",keyword:"required",params:{missingProperty: "data"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.type !== undefined){
if(typeof data.type !== "string"){
const err6 = {instancePath:instancePath+"/type",schemaPath:"#/$defs/DeliveryEnvelope/properties/type/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.eventId !== undefined){
if(typeof data.eventId !== "string"){
const err7 = {instancePath:instancePath+"/eventId",schemaPath:"#/$defs/DeliveryEnvelope/properties/eventId/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.timestamp !== undefined){
let data2 = data.timestamp;
if(typeof data2 === "string"){
if(!(formats0.test(data2))){
const err8 = {instancePath:instancePath+"/timestamp",schemaPath:"#/$defs/DeliveryEnvelope/properties/timestamp/format",keyword:"format",params:{format: "date-time"}};
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
const err9 = {instancePath:instancePath+"/timestamp",schemaPath:"#/$defs/DeliveryEnvelope/properties/timestamp/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.senderId !== undefined){
if(typeof data.senderId !== "string"){
const err10 = {instancePath:instancePath+"/senderId",schemaPath:"#/$defs/DeliveryEnvelope/properties/senderId/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.tenantId !== undefined){
if(typeof data.tenantId !== "string"){
const err11 = {instancePath:instancePath+"/tenantId",schemaPath:"#/$defs/DeliveryEnvelope/properties/tenantId/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.userId !== undefined){
if(typeof data.userId !== "string"){
const err12 = {instancePath:instancePath+"/userId",schemaPath:"#/$defs/DeliveryEnvelope/properties/userId/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.data !== undefined){
let data6 = data.data;
if(!(data6 && typeof data6 == "object" && !Array.isArray(data6))){
const err13 = {instancePath:instancePath+"/data",schemaPath:"#/$defs/DeliveryEnvelope/properties/data/type",keyword:"type",params:{type: "object"}};
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
const err14 = {instancePath,schemaPath:"#/$defs/DeliveryEnvelope/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err15 = {instancePath,schemaPath:"#/allOf/1/required",keyword:"required",params:{missingProperty: "type"}};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data.data === undefined){
const err16 = {instancePath,schemaPath:"#/allOf/1/required",keyword:"required",params:{missingProperty: "data"}};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data.type !== undefined){
if("analysis.completed" !== data.type){
const err17 = {instancePath:instancePath+"/type",schemaPath:"#/allOf/1/properties/type/const",keyword:"const",params:{allowedValue: "analysis.completed"}};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.data !== undefined){
let data8 = data.data;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.analysisId === undefined){
const err18 = {instancePath:instancePath+"/data",schemaPath:"#/$defs/AnalysisResult/required",keyword:"required",params:{missingProperty: "analysisId"}};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data8.analysisResultId === undefined){
const err19 = {instancePath:instancePath+"/data",schemaPath:"#/$defs/AnalysisResult/required",keyword:"required",params:{missingProperty: "analysisResultId"}};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data8.engagementId === undefined){
const err20 = {instancePath:instancePath+"/data",schemaPath:"#/$defs/AnalysisResult/required",keyword:"required",params:{missingProperty: "engagementId"}};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data8.eventId !== undefined){
if(typeof data8.eventId !== "string"){
const err21 = {instancePath:instancePath+"/data/eventId",schemaPath:"#/$defs/AnalysisResult/properties/eventId/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data8.analysisId !== undefined){
if(typeof data8.analysisId !== "string"){
const err22 = {instancePath:instancePath+"/data/analysisId",schemaPath:"#/$defs/AnalysisResult/properties/analysisId/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data8.analysisResultId !== undefined){
if(typeof data8.analysisResultId !== "string"){
const err23 = {instancePath:instancePath+"/data/analysisResultId",schemaPath:"#/$defs/AnalysisResult/properties/analysisResultId/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data8.engagementId !== undefined){
if(typeof data8.engagementId !== "string"){
const err24 = {instancePath:instancePath+"/data/engagementId",schemaPath:"#/$defs/AnalysisResult/properties/engagementId/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath:instancePath+"/data",schemaPath:"#/$defs/AnalysisResult/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath,schemaPath:"#/allOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
validate0.errors = vErrors;
return errors === 0;
}
validate0.evaluated = {"props":{"type":true,"data":true,"eventId":true,"timestamp":true,"senderId":true,"tenantId":true,"userId":true},"dynamicProps":false,"dynamicItems":false};
