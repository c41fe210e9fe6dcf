// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.discovery.Limits;
import dev.pharos.mtp.discovery.dns.ServicePlaces.Place;
import dev.pharos.testkit.DnsServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Servers of a service, of a real DNS server.
class ServicePlacesTest {
    private static final String SERVICE = "_xmpp-client._tcp";
    private static final String NAME = SERVICE + ".example.org";

    private final DnsServer dns;

    ServicePlacesTest() throws IOException {
        dns = DnsServer.start();
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    private List<Place> places(String domain, long seed) throws IOException {
        return ServicePlaces.of(UnicastDns.at(dns.address()), SERVICE, domain, 5222, new Random(seed));
    }

    @Test
    void the_best_come_first_and_of_equals_the_heavier_more_often() throws IOException {
        dns.put(NAME, "SRV", "20 0 5222 last.example.org")
                .put(NAME, "SRV", "10 10 5223 light.example.org")
                .put(NAME, "SRV", "10 90 5224 heavy.example.org");
        Map<String, Integer> first = new HashMap<>();
        for (int seed = 0; seed < 400; seed++) {
            List<Place> places = places("example.org", seed);
            assertThat(places).hasSize(3);
            assertThat(places.getLast()).isEqualTo(new Place("last.example.org", 5222));
            first.merge(places.getFirst().host(), 1, Integer::sum);
        }
        assertThat(first.get("heavy.example.org")).isBetween(300, 398);
        assertThat(first.get("light.example.org")).isBetween(2, 100);
    }

    @Test
    void a_domain_that_says_nothing_is_the_server_itself() throws IOException {
        assertThat(places("example.net", 1)).containsExactly(new Place("example.net", 5222));
        assertThat(places("192.0.2.7", 1)).containsExactly(new Place("192.0.2.7", 5222));
        assertThat(places("localhost", 1)).containsExactly(new Place("localhost", 5222));
    }

    @Test
    void a_domain_that_does_not_offer_it_says_so_and_what_is_no_domain_too() {
        dns.put(NAME, "SRV", "0 0 0 .");
        assertThatThrownBy(() -> places("example.org", 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not offer _xmpp-client._tcp");
        assertThatThrownBy(() -> places("a..b", 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no domain");
    }

    @Test
    void more_than_anybody_tries_are_not_taken() throws IOException {
        for (int i = 0; i < Limits.SERVICE_PLACES + 5; i++) {
            dns.put(NAME, "SRV", "1 0 " + (6000 + i) + " many.example.org");
        }
        assertThat(places("example.org", 1)).hasSize(Limits.SERVICE_PLACES);
    }
}
