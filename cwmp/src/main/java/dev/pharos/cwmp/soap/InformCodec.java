// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.EventCode;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.InformResponse;
import dev.pharos.cwmp.rpc.ParameterValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The method that opens a session.
final class InformCodec {
    private InformCodec() {}

    static Inform read(SoapCursor in) throws MalformedSoapException {
        DeviceId deviceId = null;
        List<EventStruct> events = List.of();
        long maxEnvelopes = 1;
        CwmpTime currentTime = CwmpTime.UNKNOWN;
        long retryCount = 0;
        List<ParameterValue> parameterList = List.of();
        while (in.nextChild()) {
            switch (in.name()) {
                case "DeviceId" -> deviceId = deviceId(in);
                case "Event" -> events = events(in);
                case "MaxEnvelopes" -> maxEnvelopes = Values.unsigned(in);
                case "CurrentTime" -> currentTime = Values.time(in);
                case "RetryCount" -> retryCount = Values.unsigned(in);
                case "ParameterList" -> parameterList = ParameterCodec.values(in);
                default -> in.skip();
            }
        }
        return new Inform(known(in, deviceId), events, maxEnvelopes, currentTime, retryCount, parameterList);
    }

    private static DeviceId known(SoapCursor in, @Nullable DeviceId deviceId) throws MalformedSoapException {
        if (deviceId == null) {
            throw in.wrong("an Inform without DeviceId");
        }
        return deviceId;
    }

    private static DeviceId deviceId(SoapCursor in) throws MalformedSoapException {
        String manufacturer = "";
        String oui = "";
        String productClass = "";
        String serialNumber = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case "Manufacturer" -> manufacturer = Values.token(in);
                case "OUI" -> oui = Values.token(in);
                case "ProductClass" -> productClass = Values.token(in);
                case "SerialNumber" -> serialNumber = Values.token(in);
                default -> in.skip();
            }
        }
        if (oui.isEmpty() || serialNumber.isEmpty()) {
            throw in.wrong("a DeviceId without OUI or SerialNumber");
        }
        return new DeviceId(manufacturer, oui, productClass, serialNumber);
    }

    private static List<EventStruct> events(SoapCursor in) throws MalformedSoapException {
        List<EventStruct> events = Values.list(in, InformCodec::event);
        if (events.size() > Limits.EVENTS) {
            throw in.wrong("more than " + Limits.EVENTS + " events");
        }
        return events;
    }

    private static EventStruct event(SoapCursor in) throws MalformedSoapException {
        String eventCode = "";
        String commandKey = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case "EventCode" -> eventCode = Values.token(in);
                case "CommandKey" -> commandKey = Values.key(in);
                default -> in.skip();
            }
        }
        return new EventStruct(EventCode.of(eventCode), commandKey);
    }

    static void write(SoapText out, Inform inform) {
        DeviceId device = inform.deviceId();
        out.open("DeviceId");
        out.text("Manufacturer", device.manufacturer()).text("OUI", device.oui());
        out.text("ProductClass", device.productClass()).text("SerialNumber", device.serialNumber());
        out.close("DeviceId");
        out.structs(
                "Event",
                "EventStruct",
                inform.events(),
                (o, each) -> o.text("EventCode", each.eventCode().text()).text("CommandKey", each.commandKey()));
        out.number("MaxEnvelopes", inform.maxEnvelopes());
        out.time("CurrentTime", inform.currentTime());
        out.number("RetryCount", inform.retryCount());
        ParameterCodec.values(out, inform.parameterList());
    }

    static InformResponse response(SoapCursor in) throws MalformedSoapException {
        long maxEnvelopes = 1;
        while (in.nextChild()) {
            if (in.name().equals("MaxEnvelopes")) {
                maxEnvelopes = Values.unsigned(in);
            } else {
                in.skip();
            }
        }
        return new InformResponse(maxEnvelopes);
    }
}
