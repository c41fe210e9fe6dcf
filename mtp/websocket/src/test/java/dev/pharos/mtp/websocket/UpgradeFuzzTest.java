// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Who a client says that it is stands in a request target or in a header, which hold any text.
class UpgradeFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void a_request_target_names_an_endpoint_or_is_refused(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        for (String target : new String[] {text, "/usp?eid=" + text}) {
            try {
                EidQuery.read(target).ifPresent(UpgradeFuzzTest::comesBack);
            } catch (MalformedInputException refused) {
                assertThat(refused.detail()).isNotEmpty();
            }
        }
    }

    private static void comesBack(EndpointId id) {
        try {
            assertThat(EidQuery.read(EidQuery.target("/usp", null, id))).contains(id);
        } catch (MalformedInputException ours) {
            throw new AssertionError("what we write we cannot read: " + id, ours);
        }
    }

    @FuzzTest(maxDuration = "20s")
    void an_extension_names_an_endpoint_or_nobody(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        for (String header : new String[] {text, "bbf-usp-protocol; eid=\"" + text + "\""}) {
            EidExtension found = EidExtension.read(List.of(header));
            found.endpointId()
                    .ifPresent(id -> assertThat(EidExtension.read(List.of(EidExtension.write(id)))
                                    .endpointId())
                            .contains(id));
        }
    }
}
