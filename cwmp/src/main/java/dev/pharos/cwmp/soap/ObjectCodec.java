// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.AddObjectResponse;
import dev.pharos.cwmp.rpc.DeleteObject;
import dev.pharos.cwmp.rpc.DeleteObjectResponse;
import dev.pharos.cwmp.rpc.Status;

/// The methods about rows of tables.
final class ObjectCodec {
    private ObjectCodec() {}

    private record Named(String objectName, String parameterKey) {}

    private static Named named(SoapCursor in) throws MalformedSoapException {
        String objectName = "";
        String parameterKey = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case "ObjectName" -> objectName = Values.token(in);
                case "ParameterKey" -> parameterKey = Values.key(in);
                default -> in.skip();
            }
        }
        return new Named(objectName, parameterKey);
    }

    static AddObject add(SoapCursor in) throws MalformedSoapException {
        Named named = named(in);
        return new AddObject(named.objectName(), named.parameterKey());
    }

    static DeleteObject delete(SoapCursor in) throws MalformedSoapException {
        Named named = named(in);
        return new DeleteObject(named.objectName(), named.parameterKey());
    }

    static void write(SoapText out, String objectName, String parameterKey) {
        out.text("ObjectName", objectName).text("ParameterKey", parameterKey);
    }

    static AddObjectResponse addResponse(SoapCursor in) throws MalformedSoapException {
        long instanceNumber = 0;
        Status status = Status.DONE;
        while (in.nextChild()) {
            switch (in.name()) {
                case "InstanceNumber" -> instanceNumber = Values.unsigned(in);
                case "Status" -> status = new Status(Values.unsigned(in));
                default -> in.skip();
            }
        }
        return new AddObjectResponse(instanceNumber, status);
    }

    static DeleteObjectResponse deleteResponse(SoapCursor in) throws MalformedSoapException {
        return new DeleteObjectResponse(ParameterCodec.status(in));
    }

    static void write(SoapText out, AddObjectResponse response) {
        out.number("InstanceNumber", response.instanceNumber());
        ParameterCodec.status(out, response.status());
    }
}
