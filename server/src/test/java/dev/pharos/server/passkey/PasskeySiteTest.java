// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.Bytes;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where passkeys belong, and what they are asked.
final class PasskeySiteTest {
    private static final URI LOCAL = URI.create("http://localhost:8080");

    @ParameterizedTest
    @CsvSource({
        "https://pharos.example,https://pharos.example,pharos.example",
        "https://pharos.example:443/,https://pharos.example,pharos.example",
        "https://acs.pharos.example:8443,https://acs.pharos.example:8443,acs.pharos.example",
        "http://localhost:9000,http://localhost:9000,localhost"
    })
    void passkeys_belong_to_the_name_that_people_open_the_page_by(String url, String origin, String name) {
        PasskeySite site = PasskeySite.of(Optional.of(URI.create(url)), LOCAL);
        assertThat(site).isEqualTo(new PasskeySite(name, origin, true));
        assertThat(site.refusal(origin)).isEmpty();
        assertThat(site.refusal("https://other.example").orElseThrow())
                .contains("https://other.example", "Open it at " + origin + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://192.0.2.7:8443", "https://[2001:db8::7]", "http://pharos.example"})
    void an_address_or_a_name_without_tls_has_none_so_they_belong_to_this_host(String url) {
        PasskeySite site = PasskeySite.of(Optional.of(URI.create(url)), LOCAL);
        assertThat(site).isEqualTo(new PasskeySite("localhost", "http://localhost:8080", false));
        assertThat(site.refusal(url).orElseThrow()).contains("--public-url https://NAME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080", "http://[::1]:8080", "https://192.0.2.7"})
    void a_page_that_is_open_by_an_address_is_told_so_in_words(String origin) {
        assertThat(PasskeySite.of(Optional.empty(), LOCAL).refusal(origin).orElseThrow())
                .isEqualTo("Browsers give passkeys to names, not to addresses, and this page is open at " + origin
                        + ". Open it at http://localhost:8080, or start the server with --public-url https://NAME,"
                        + " as people open it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", "no url at all", "http://localhost:8080/"})
    void an_odd_origin_is_another_place(String origin) {
        assertThat(PasskeySite.of(Optional.empty(), LOCAL).refusal(origin)).isPresent();
    }

    @Test
    void a_challenge_is_of_use_once_soon_and_to_one_browser() {
        ManualClock clock = ManualClock.standing();
        Challenges challenges = new Challenges(clock);
        Bytes first = challenges.begin("one", "192.0.2.1");
        Bytes second = challenges.begin("two", "192.0.2.1");
        assertThat(first).isNotEqualTo(second);
        assertThat(challenges.take("three")).isEmpty();
        assertThat(challenges.take("one")).contains(first);
        assertThat(challenges.take("one")).isEmpty();
        clock.advance(Limits.CHALLENGE_LIFE);
        assertThat(challenges.take("two")).contains(second);
        challenges.begin("late", "192.0.2.1");
        clock.advance(Limits.CHALLENGE_LIFE.plus(Duration.ofMillis(1)));
        assertThat(challenges.take("late")).isEmpty();
        Bytes again = challenges.begin("two", "192.0.2.1");
        assertThat(challenges.begin("two", "192.0.2.1")).isNotEqualTo(again);
        assertThat(challenges.take("two")).isPresent().get().isNotEqualTo(again);
    }

    @Test
    void who_begins_many_sign_ins_loses_their_own_and_not_those_of_others() {
        Challenges challenges = new Challenges(ManualClock.standing());
        challenges.begin("anna", "192.0.2.1");
        for (int i = 0; i <= Limits.CHALLENGES_OF_ADDRESS; i++) {
            challenges.begin("flood " + i, "192.0.2.66");
        }
        assertThat(challenges.take("anna")).isPresent();
        assertThat(challenges.take("flood 0")).isEmpty();
        assertThat(challenges.take("flood " + Limits.CHALLENGES_OF_ADDRESS)).isPresent();
    }

    @Test
    void there_are_no_more_challenges_than_there_may_be() {
        Challenges challenges = new Challenges(ManualClock.standing());
        for (int i = 0; i <= Limits.CHALLENGES; i++) {
            challenges.begin("browser " + i, "192.0.2." + i);
        }
        assertThat(challenges.take("browser 0")).isEmpty();
        assertThat(challenges.take("browser 1")).isPresent();
        assertThat(challenges.take("browser " + Limits.CHALLENGES)).isPresent();
    }
}
