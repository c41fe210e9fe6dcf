// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.usp.http.HttpChallenge;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Logins by HTTP Digest as they are asked for and judged.
class HttpDigestTest {
    private static final String REALM = "somewhere";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final HttpDigest digest = new HttpDigest(REALM, () -> now);

    private static Optional<byte[]> secret(String name) {
        return name.equals("gateway") ? Optional.of(HttpDigest.secret("gateway", REALM, "secret")) : Optional.empty();
    }

    private Map<String, String> answer(String username, String password, String address) {
        HttpChallenge.Login login = new HttpChallenge.Login(username, password, "POST", "/cwmp");
        return HttpDigest.parameters(HttpChallenge.answer(
                                HttpChallenge.parse(List.of(digest.challenge(address, false))), login, () -> "mine")
                        .orElseThrow())
                .orElseThrow();
    }

    private HttpDigest.Verdict judge(Map<String, String> said, String address) {
        return digest.judge(said, "POST", address, HttpDigestTest::secret);
    }

    @Test
    void a_login_is_right_at_its_address_until_its_nonce_is_old() {
        Map<String, String> said = answer("gateway", "secret", "192.0.2.1");
        assertThat(judge(said, "192.0.2.1")).isEqualTo(HttpDigest.Verdict.RIGHT);
        assertThat(judge(said, "192.0.2.2")).isEqualTo(HttpDigest.Verdict.STALE);
        now = now.plus(HttpDigest.NONCE_LIFE).plus(Duration.ofSeconds(1));
        assertThat(judge(said, "192.0.2.1")).isEqualTo(HttpDigest.Verdict.STALE);
    }

    @Test
    void a_wrong_password_is_wrong_and_an_unknown_name_is_no_login() {
        assertThat(judge(answer("gateway", "guess", "a"), "a")).isEqualTo(HttpDigest.Verdict.WRONG);
        assertThat(judge(answer("stranger", "secret", "a"), "a")).isEqualTo(HttpDigest.Verdict.NONE);
    }

    @Test
    void a_nonce_that_we_never_made_is_stale_whoever_signs_it() {
        Map<String, String> said = new HashMap<>(answer("gateway", "secret", "a"));
        said.put("nonce", "0-0-0");
        assertThat(judge(said, "a")).isEqualTo(HttpDigest.Verdict.WRONG);
        HttpChallenge.Login login = new HttpChallenge.Login("gateway", "secret", "POST", "/cwmp");
        String made = HttpChallenge.answer(
                        HttpChallenge.parse(List.of("Digest realm=\"somewhere\", qop=\"auth\", nonce=\"0-0-0\"")),
                        login,
                        () -> "mine")
                .orElseThrow();
        assertThat(judge(HttpDigest.parameters(made).orElseThrow(), "a")).isEqualTo(HttpDigest.Verdict.STALE);
    }

    @Test
    void parameters_are_read_quoted_and_bare_with_blanks_and_commas_in_them() {
        assertThat(
                        HttpDigest.parameters(
                                "digest  username = \"a \\\"b\\\", c\" ,nc=00000001,\tQOP=auth , uri=\"/cwmp?a=b\", realm=\"\""))
                .contains(Map.of(
                        "username", "a \"b\", c", "nc", "00000001", "qop", "auth", "uri", "/cwmp?a=b", "realm", ""));
        assertThat(HttpDigest.parameters("Basic Zm9vOmJhcg==")).isEmpty();
    }

    @Test
    void the_first_of_two_of_one_name_counts() {
        assertThat(HttpDigest.parameters("Digest nc=1, nc=2")).contains(Map.of("nc", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Digest ",
                "Digest =",
                "Digest ,",
                "Digest username",
                "Digest username=\"open",
                "Digest username=\"open\\",
                "Digest \"",
            })
    void what_makes_no_sense_has_no_parameters(String header) {
        assertThat(HttpDigest.parameters(header).orElseThrow()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Digest nc=1 nonce=2|1", "Digest nc=1,,nonce=2|1", "Digest nc=1, nonce=\"2|1", "Digest nc=1,|1"})
    void reading_ends_where_it_makes_no_sense_any_longer(String header, String nc) {
        assertThat(HttpDigest.parameters(header).orElseThrow()).containsEntry("nc", nc);
    }
}
