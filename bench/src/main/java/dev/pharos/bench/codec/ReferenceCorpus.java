// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.codec;

import dev.pharos.usp.codec.internal.UspMsgProto;
import dev.pharos.usp.codec.internal.UspMsgProto.GetSupportedDMResp;
import dev.pharos.usp.codec.internal.UspMsgProto.Header.MsgType;
import dev.pharos.usp.codec.internal.UspMsgProto.Msg;
import dev.pharos.usp.codec.internal.UspMsgProto.Request;
import dev.pharos.usp.codec.internal.UspMsgProto.Response;
import java.util.List;

/// The messages of [Corpus], built with protobuf's own builders.
final class ReferenceCorpus {
    private ReferenceCorpus() {}

    static List<Msg> messages() {
        return List.of(
                request(
                        "1",
                        MsgType.GET,
                        Request.newBuilder()
                                .setGet(UspMsgProto.Get.newBuilder()
                                        .addParamPaths("Device.DeviceInfo.")
                                        .addParamPaths("Device.WiFi.SSID.*.SSID")
                                        .addParamPaths("Device.Time."))),
                response("2", MsgType.GET_RESP, Response.newBuilder().setGetResp(values(1, 10))),
                response("3", MsgType.GET_RESP, Response.newBuilder().setGetResp(values(50, 20))),
                request("4", MsgType.SET, Request.newBuilder().setSet(set())),
                request(
                        "5",
                        MsgType.NOTIFY,
                        Request.newBuilder()
                                .setNotify(UspMsgProto.Notify.newBuilder()
                                        .setSubscriptionId("watch-ssid")
                                        .setSendResp(true)
                                        .setValueChange(UspMsgProto.Notify.ValueChange.newBuilder()
                                                .setParamPath("Device.WiFi.SSID.1.SSID")
                                                .setParamValue("MyNetwork")))),
                response(
                        "6",
                        MsgType.GET_SUPPORTED_DM_RESP,
                        Response.newBuilder().setGetSupportedDmResp(model(500))));
    }

    private static Msg request(String id, MsgType type, Request.Builder request) {
        return Msg.newBuilder()
                .setHeader(
                        UspMsgProto.Header.newBuilder().setMsgId("bench-" + id).setMsgType(type))
                .setBody(UspMsgProto.Body.newBuilder().setRequest(request))
                .build();
    }

    private static Msg response(String id, MsgType type, Response.Builder response) {
        return Msg.newBuilder()
                .setHeader(
                        UspMsgProto.Header.newBuilder().setMsgId("bench-" + id).setMsgType(type))
                .setBody(UspMsgProto.Body.newBuilder().setResponse(response))
                .build();
    }

    private static UspMsgProto.Set.Builder set() {
        return UspMsgProto.Set.newBuilder()
                .addUpdateObjs(UspMsgProto.Set.UpdateObject.newBuilder()
                        .setObjPath("Device.WiFi.SSID.1.")
                        .addParamSettings(UspMsgProto.Set.UpdateParamSetting.newBuilder()
                                .setParam("SSID")
                                .setValue("MyNetwork")
                                .setRequired(true))
                        .addParamSettings(UspMsgProto.Set.UpdateParamSetting.newBuilder()
                                .setParam("Enable")
                                .setValue("true")));
    }

    private static UspMsgProto.GetResp.Builder values(int objects, int parameters) {
        UspMsgProto.GetResp.RequestedPathResult.Builder path =
                UspMsgProto.GetResp.RequestedPathResult.newBuilder().setRequestedPath("Device.WiFi.AccessPoint.");
        for (int o = 1; o <= objects; o++) {
            UspMsgProto.GetResp.ResolvedPathResult.Builder object = UspMsgProto.GetResp.ResolvedPathResult.newBuilder()
                    .setResolvedPath("Device.WiFi.AccessPoint." + o + ".");
            for (int p = 0; p < parameters; p++) {
                object.putResultParams("Parameter" + p, "value " + p + " of " + o);
            }
            path.addResolvedPathResults(object);
        }
        return UspMsgProto.GetResp.newBuilder().addReqPathResults(path);
    }

    private static GetSupportedDMResp.Builder model(int objects) {
        GetSupportedDMResp.RequestedObjectResult.Builder result = GetSupportedDMResp.RequestedObjectResult.newBuilder()
                .setReqObjPath("Device.")
                .setDataModelInstUri("urn:broadband-forum-org:tr-181-2-19-0");
        for (int o = 0; o < objects; o++) {
            GetSupportedDMResp.SupportedObjectResult.Builder object =
                    GetSupportedDMResp.SupportedObjectResult.newBuilder()
                            .setSupportedObjPath("Device.Object" + o + ".{i}.")
                            .setAccess(GetSupportedDMResp.ObjAccessType.OBJ_ADD_DELETE)
                            .setIsMultiInstance(true)
                            .addSupportedCommands(GetSupportedDMResp.SupportedCommandResult.newBuilder()
                                    .setCommandName("Reset()")
                                    .addInputArgNames("Mode")
                                    .addOutputArgNames("Status")
                                    .setCommandType(GetSupportedDMResp.CmdType.CMD_SYNC))
                            .addSupportedEvents(GetSupportedDMResp.SupportedEventResult.newBuilder()
                                    .setEventName("Changed!")
                                    .addArgNames("Cause"))
                            .addUniqueKeySets(GetSupportedDMResp.SupportedUniqueKeySet.newBuilder()
                                    .addKeyNames("Alias"));
            for (int p = 0; p < 8; p++) {
                object.addSupportedParams(GetSupportedDMResp.SupportedParamResult.newBuilder()
                        .setParamName("Parameter" + p)
                        .setAccess(GetSupportedDMResp.ParamAccessType.PARAM_READ_WRITE)
                        .setValueType(GetSupportedDMResp.ParamValueType.PARAM_STRING)
                        .setValueChange(GetSupportedDMResp.ValueChangeType.VALUE_CHANGE_ALLOWED));
            }
            result.addSupportedObjs(object);
        }
        return GetSupportedDMResp.newBuilder().addReqObjResults(result);
    }
}
