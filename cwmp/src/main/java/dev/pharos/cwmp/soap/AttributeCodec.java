// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.rpc.AttributeChange;
import dev.pharos.cwmp.rpc.GetParameterAttributes;
import dev.pharos.cwmp.rpc.GetParameterAttributesResponse;
import dev.pharos.cwmp.rpc.ParameterAttributes;
import dev.pharos.cwmp.rpc.SetParameterAttributes;
import java.util.List;
import java.util.Optional;

/// The methods about notification and access of parameters.
final class AttributeCodec {
    private AttributeCodec() {}

    static SetParameterAttributes set(SoapCursor in) throws MalformedSoapException {
        List<AttributeChange> changes = List.of();
        while (in.nextChild()) {
            if (in.name().equals("ParameterList")) {
                changes = Values.list(in, AttributeCodec::change);
            } else {
                in.skip();
            }
        }
        return new SetParameterAttributes(changes);
    }

    private static AttributeChange change(SoapCursor in) throws MalformedSoapException {
        String name = "";
        boolean notificationChange = false;
        Notification notification = Notification.OFF;
        boolean accessListChange = false;
        List<String> accessList = List.of();
        while (in.nextChild()) {
            switch (in.name()) {
                case "Name" -> name = Values.token(in);
                case "NotificationChange" -> notificationChange = Values.flag(in);
                case "Notification" -> notification = notification(in);
                case "AccessListChange" -> accessListChange = Values.flag(in);
                case "AccessList" -> accessList = Values.list(in, SoapCursor::text);
                default -> in.skip();
            }
        }
        return new AttributeChange(
                name,
                notificationChange ? Optional.of(notification) : Optional.empty(),
                accessListChange ? Optional.of(accessList) : Optional.empty());
    }

    private static Notification notification(SoapCursor in) throws MalformedSoapException {
        return Values.numbered(in, Notification.values(), 0);
    }

    static void write(SoapText out, SetParameterAttributes set) {
        out.structs("ParameterList", "SetParameterAttributesStruct", set.parameterList(), (o, each) -> {
            o.text("Name", each.name());
            o.flag("NotificationChange", each.notification().isPresent());
            o.number(
                    "Notification", each.notification().orElse(Notification.OFF).number());
            o.flag("AccessListChange", each.accessList().isPresent());
            o.strings("AccessList", each.accessList().orElse(List.of()));
        });
    }

    static GetParameterAttributes get(SoapCursor in) throws MalformedSoapException {
        return new GetParameterAttributes(ParameterCodec.names(in));
    }

    static GetParameterAttributesResponse getResponse(SoapCursor in) throws MalformedSoapException {
        List<ParameterAttributes> attributes = List.of();
        while (in.nextChild()) {
            if (in.name().equals("ParameterList")) {
                attributes = Values.list(in, AttributeCodec::attributes);
            } else {
                in.skip();
            }
        }
        return new GetParameterAttributesResponse(attributes);
    }

    private static ParameterAttributes attributes(SoapCursor in) throws MalformedSoapException {
        String name = "";
        Notification notification = Notification.OFF;
        List<String> accessList = List.of();
        while (in.nextChild()) {
            switch (in.name()) {
                case "Name" -> name = Values.token(in);
                case "Notification" -> notification = notification(in);
                case "AccessList" -> accessList = Values.list(in, SoapCursor::text);
                default -> in.skip();
            }
        }
        return new ParameterAttributes(name, notification, accessList);
    }

    static void write(SoapText out, GetParameterAttributesResponse response) {
        out.structs("ParameterList", "ParameterAttributeStruct", response.parameterList(), (o, each) -> {
            o.text("Name", each.name());
            o.number("Notification", each.notification().number());
            o.strings("AccessList", each.accessList());
        });
    }
}
