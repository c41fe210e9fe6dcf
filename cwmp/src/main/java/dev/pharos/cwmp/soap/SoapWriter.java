// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Request;
import dev.pharos.cwmp.rpc.Response;
import java.nio.charset.StandardCharsets;

/// Writes envelopes, in UTF-8. What text cannot say in XML, such as control characters, becomes U+FFFD.
public final class SoapWriter {
    private static final String BEGIN =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap-env:Envelope xmlns:soap-env=\""
                    + XmlNames.ENVELOPE + "\" xmlns:soap-enc=\"" + XmlNames.ENCODING + "\" xmlns:xsd=\""
                    + XmlNames.SCHEMA
                    + "\" xmlns:xsi=\"" + XmlNames.INSTANCE + "\" xmlns:cwmp=\"";

    private final WritingQuirks quirks;

    public SoapWriter(WritingQuirks quirks) {
        this.quirks = quirks;
    }

    public byte[] write(Envelope envelope) {
        SoapText out = new SoapText(quirks);
        out.raw(BEGIN).raw(envelope.namespace().uri()).raw("\">");
        HeaderCodec.write(out, envelope.header());
        out.open("soap-env:Body");
        switch (envelope.body()) {
            case Request<?> request -> RequestWriter.write(out, request);
            case Response response -> ResponseWriter.write(out, response);
            case CwmpFault fault -> FaultCodec.write(out, fault);
        }
        out.close("soap-env:Body").close("soap-env:Envelope");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
