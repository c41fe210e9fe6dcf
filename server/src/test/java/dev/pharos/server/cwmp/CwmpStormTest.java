// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.acs.Reception;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.mtp.Turnstile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Devices that all come at once, in a time that stands.
class CwmpStormTest {
    private static final String INFORM = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'"
            + " xmlns:c='urn:dslforum-org:cwmp-1-2'><s:Body><c:Inform><DeviceId><OUI>00256D</OUI>"
            + "<SerialNumber>1</SerialNumber></DeviceId></c:Inform></s:Body></s:Envelope>";

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger read = new AtomicInteger();
    private final CwmpListener listener = new CwmpListener(new CwmpListener.Parts(
            (inform, version, caller) -> {
                read.incrementAndGet();
                return new Reception.Welcome.Away(CwmpFault.of(StandardFaultCode.ACS_REQUEST_DENIED, "a stranger"));
            },
            _ -> Optional.empty(),
            new Turnstile(1, 2, now::get),
            Clock.systemUTC(),
            () -> {},
            (from, reason) -> {}));
    private final URI address = URI.create(listener.listen(new CwmpListenerConfig("127.0.0.1", 0, Optional.empty())));

    CwmpStormTest() throws IOException {}

    @AfterEach
    void it_stops() {
        listener.close();
    }

    /// One device, on a connection of its own.
    private HttpResponse<String> comes(String body) throws IOException, InterruptedException {
        try (HttpClient device = HttpClient.newHttpClient()) {
            return device.send(
                    HttpRequest.newBuilder(address)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void who_finds_no_place_is_asked_to_come_later_before_its_inform_is_read_and_has_one_then() throws Exception {
        assertThat(comes(INFORM).body()).contains("a stranger");
        assertThat(comes(INFORM).statusCode()).isEqualTo(200);

        for (String body : new String[] {INFORM, "no XML at all"}) {
            HttpResponse<String> later = comes(body);
            assertThat(later.statusCode()).isEqualTo(503);
            assertThat(later.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isPositive();
        }
        assertThat(read).hasValue(2);

        now.addAndGet(120_000_000_000L);
        assertThat(comes(INFORM).statusCode()).isEqualTo(200);
        assertThat(read).hasValue(3);
    }
}
