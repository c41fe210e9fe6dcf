// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.GetSupportedProtocolResponse;

/// GetSupportedProtocol and GetSupportedProtocolResp: one text each.
final class GetSupportedProtocolCodec {
    private static final int VERSIONS = 1 << 3 | LEN;

    private GetSupportedProtocolCodec() {}

    static GetSupportedProtocolRequest readRequest(WireReader in) throws MalformedInputException {
        return new GetSupportedProtocolRequest(readVersions(in));
    }

    static GetSupportedProtocolResponse readResponse(WireReader in) throws MalformedInputException {
        return new GetSupportedProtocolResponse(readVersions(in));
    }

    private static String readVersions(WireReader in) throws MalformedInputException {
        String versions = "";
        while (in.next()) {
            switch (in.tag()) {
                case VERSIONS -> versions = in.string();
                default -> in.skip();
            }
        }
        return versions;
    }

    static void writeRequest(WireWriter out, GetSupportedProtocolRequest request) {
        out.string(VERSIONS, request.controllerSupportedProtocolVersions());
    }

    static void writeResponse(WireWriter out, GetSupportedProtocolResponse response) {
        out.string(VERSIONS, response.agentSupportedProtocolVersions());
    }
}
