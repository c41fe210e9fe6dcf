// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.message.*;
import dev.pharos.usp.message.GetSupportedDmResponse.CommandType;
import dev.pharos.usp.message.GetSupportedDmResponse.ObjectAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedCommand;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedEvent;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.GetSupportedDmResponse.UniqueKeySet;
import dev.pharos.usp.message.GetSupportedDmResponse.ValueChangeType;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One Message and one Record of every kind, by the names that the golden files give them.
final class Samples {
    private static final Fault NO_SUCH_PATH = fault(7026, "no such path");

    private Samples() {}

    static Map<String, UspMessage> messages() {
        Map<String, Body> bodies = new LinkedHashMap<>();
        bodies.put(
                "Error",
                new UspError(
                        fault(7004, "bad"),
                        List.of(new UspError.ParameterError("Device.A.B", fault(7012, "too long")))));
        reading(bodies);
        writing(bodies);
        operating(bodies);
        notifying(bodies);
        registering(bodies);
        Map<String, UspMessage> messages = new LinkedHashMap<>();
        bodies.forEach((name, body) -> messages.put(name, new UspMessage(new MessageId("m-1"), body)));
        return messages;
    }

    private static void reading(Map<String, Body> bodies) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("Name", "one");
        params.put("Empty", "");
        bodies.put("Get", new GetRequest(List.of("Device.DeviceInfo.", "Device.A.1.B"), 2));
        bodies.put(
                "GetResp",
                new GetResponse(List.of(
                        new GetResponse.RequestedPathResult(
                                "Device.A.*.",
                                Optional.empty(),
                                List.of(new GetResponse.ResolvedPathResult("Device.A.1.", params))),
                        new GetResponse.RequestedPathResult("Device.X.", Optional.of(NO_SUCH_PATH), List.of()))));
        bodies.put("GetInstances", new GetInstancesRequest(List.of("Device.A."), true));
        bodies.put(
                "GetInstancesResp",
                new GetInstancesResponse(List.of(
                        new GetInstancesResponse.RequestedPathResult(
                                "Device.A.",
                                Optional.empty(),
                                List.of(new GetInstancesResponse.CurrentInstance(
                                        "Device.A.1.", Map.of("Name", "one")))),
                        new GetInstancesResponse.RequestedPathResult(
                                "Device.X.", Optional.of(NO_SUCH_PATH), List.of()))));
        bodies.put("GetSupportedDM", new GetSupportedDmRequest(List.of("Device."), true, true, true, true, true));
        bodies.put(
                "GetSupportedDMResp",
                new GetSupportedDmResponse(List.of(
                        new GetSupportedDmResponse.RequestedObjectResult(
                                "Device.A.", Optional.empty(), "urn:x", List.of(supportedObject())),
                        new GetSupportedDmResponse.RequestedObjectResult(
                                "Device.X.", Optional.of(NO_SUCH_PATH), "", List.of()))));
        bodies.put("GetSupportedProtocol", new GetSupportedProtocolRequest("1.3,1.4"));
        bodies.put("GetSupportedProtocolResp", new GetSupportedProtocolResponse("1.4"));
    }

    private static SupportedObject supportedObject() {
        return new SupportedObject(
                "Device.A.{i}.",
                ObjectAccess.ADD_DELETE,
                true,
                List.of(new SupportedCommand("Run()", List.of("In"), List.of("Out"), CommandType.ASYNC)),
                List.of(new SupportedEvent("Done!", List.of("Code"))),
                List.of(new SupportedParameter(
                        "Name", ParameterAccess.READ_WRITE, ParameterValueType.STRING, ValueChangeType.ALLOWED)),
                List.of("Device.A.2."),
                List.of(new UniqueKeySet(List.of("Name", "Kind"))));
    }

    private static void writing(Map<String, Body> bodies) {
        ParameterError kind = new ParameterError("Kind", fault(7012, "no"));
        ParameterSetting name = new ParameterSetting("Name", "one", true);
        bodies.put(
                "Set",
                new SetRequest(
                        true,
                        List.of(new SetRequest.UpdateObject(
                                "Device.A.1.", List.of(name, new ParameterSetting("Kind", "", false))))));
        bodies.put(
                "SetResp",
                new SetResponse(List.of(
                        new SetResponse.UpdatedObjectResult(
                                "Device.A.1.",
                                new SetResponse.OperationSuccess(List.of(new SetResponse.UpdatedInstanceResult(
                                        "Device.A.1.", List.of(kind), Map.of("Name", "one"))))),
                        new SetResponse.UpdatedObjectResult(
                                "Device.A.2.",
                                new SetResponse.OperationFailure(
                                        fault(7021, "failed"),
                                        List.of(new SetResponse.UpdatedInstanceFailure(
                                                "Device.A.2.",
                                                List.of(new ParameterError("Name", fault(7013, "read only"))))))))));
        bodies.put("Add", new AddRequest(true, List.of(new AddRequest.CreateObject("Device.A.", List.of(name)))));
        bodies.put(
                "AddResp",
                new AddResponse(List.of(
                        new AddResponse.CreatedObjectResult(
                                "Device.A.",
                                new AddResponse.OperationSuccess("Device.A.3.", List.of(kind), Map.of("Name", "one"))),
                        new AddResponse.CreatedObjectResult(
                                "Device.X.", new AddResponse.OperationFailure(NO_SUCH_PATH)))));
        bodies.put("Delete", new DeleteRequest(true, List.of("Device.A.1.", "Device.A.2.")));
        bodies.put(
                "DeleteResp",
                new DeleteResponse(List.of(
                        new DeleteResponse.DeletedObjectResult(
                                "Device.A.*.",
                                new DeleteResponse.OperationSuccess(
                                        List.of("Device.A.1."),
                                        List.of(new DeleteResponse.UnaffectedPathError(
                                                "Device.A.2.", fault(7024, "in use"))))),
                        new DeleteResponse.DeletedObjectResult(
                                "Device.X.", new DeleteResponse.OperationFailure(NO_SUCH_PATH)))));
    }

    private static void operating(Map<String, Body> bodies) {
        bodies.put("Operate", new OperateRequest("Device.A.1.Run()", "key", true, Map.of("In", "1")));
        bodies.put(
                "OperateResp",
                new OperateResponse(List.of(
                        new OperateResponse.OperationResult(
                                "Device.A.1.Run()", new OperateResponse.RequestObject("Device.LocalAgent.Request.1")),
                        new OperateResponse.OperationResult(
                                "Device.A.2.Run()", new OperateResponse.OutputArgs(Map.of("Out", "2"))),
                        new OperateResponse.OperationResult(
                                "Device.A.3.Run()", new OperateResponse.CommandFailure(fault(7022, "jammed"))))));
    }

    private static void notifying(Map<String, Body> bodies) {
        bodies.put(
                "Notify Event",
                new NotifyRequest("sub", true, new Notification.Event("Device.A.1.", "Done!", Map.of("Code", "0"))));
        bodies.put(
                "Notify ValueChange",
                new NotifyRequest("sub", false, new Notification.ValueChange("Device.A.1.Name", "two")));
        bodies.put(
                "Notify ObjectCreation",
                new NotifyRequest("sub", false, new Notification.ObjectCreation("Device.A.3.", Map.of("Name", "one"))));
        bodies.put(
                "Notify ObjectDeletion",
                new NotifyRequest("sub", false, new Notification.ObjectDeletion("Device.A.3.")));
        bodies.put(
                "Notify OperationComplete",
                new NotifyRequest(
                        "sub",
                        false,
                        new Notification.OperationComplete(
                                "Device.A.1.", "Run()", "key", new Notification.OutputArgs(Map.of("Out", "2")))));
        bodies.put(
                "Notify OperationComplete failed",
                new NotifyRequest(
                        "sub",
                        false,
                        new Notification.OperationComplete(
                                "Device.A.1.",
                                "Run()",
                                "key",
                                new Notification.CommandFailure(fault(7022, "jammed")))));
        bodies.put(
                "Notify OnBoardRequest",
                new NotifyRequest("", true, new Notification.OnBoardRequest("00256D", "Box", "42", "1.3,1.4")));
        bodies.put("NotifyResp", new NotifyResponse("sub"));
    }

    private static void registering(Map<String, Body> bodies) {
        bodies.put("Register", new RegisterRequest(true, List.of("Device.A.", "Device.B.")));
        bodies.put(
                "RegisterResp",
                new RegisterResponse(List.of(
                        new RegisterResponse.RegisteredPathResult(
                                "Device.A.", new RegisterResponse.OperationSuccess("Device.A.")),
                        new RegisterResponse.RegisteredPathResult(
                                "Device.B.", new RegisterResponse.OperationFailure(fault(7029, "taken"))))));
        bodies.put("Deregister", new DeregisterRequest(List.of("Device.A.")));
        bodies.put(
                "DeregisterResp",
                new DeregisterResponse(List.of(
                        new DeregisterResponse.DeregisteredPathResult(
                                "", new DeregisterResponse.OperationSuccess(List.of("Device.A.", "Device.B."))),
                        new DeregisterResponse.DeregisteredPathResult(
                                "Device.C.", new DeregisterResponse.OperationFailure(fault(7030, "not yours"))))));
    }

    static Map<String, UspRecord> records() {
        Map<String, UspRecord> records = new LinkedHashMap<>();
        records.put("NoSessionContext", plain(new RecordType.NoSessionContext(Bytes.ofHex("010203"))));
        records.put(
                "NoSessionContext protected",
                new UspRecord(
                        "1.4",
                        EndpointId.of("proto::agent"),
                        EndpointId.of("proto::controller"),
                        new RecordProtection(PayloadSecurity.TLS12, Bytes.ofHex("aabb"), Bytes.ofUtf8("PEM")),
                        new RecordType.NoSessionContext(Bytes.ofHex("01"))));
        records.put(
                "SessionContext",
                plain(new RecordType.SessionContext(
                        2,
                        -1,
                        300,
                        7,
                        RecordType.SegmentPosition.BEGIN,
                        RecordType.SegmentPosition.COMPLETE,
                        List.of(Bytes.ofHex("0102"), Bytes.ofHex("03")))));
        records.put("WebSocketConnect", plain(new RecordType.WebSocketConnect()));
        records.put("MQTTConnect", plain(new RecordType.MqttConnect(RecordType.MqttVersion.V5, "usp/agent")));
        records.put("STOMPConnect", plain(new RecordType.StompConnect(RecordType.StompVersion.V1_2, "/queue/agent")));
        records.put("Disconnect", plain(new RecordType.Disconnect("bye", 7105)));
        records.put("UDSConnect", plain(new RecordType.UdsConnect()));
        return records;
    }

    private static UspRecord plain(RecordType type) {
        return UspRecord.plain(EndpointId.of("proto::agent"), EndpointId.of("proto::controller"), type);
    }

    private static Fault fault(int code, String text) {
        return new Fault(ErrorCode.of(code), text);
    }
}
