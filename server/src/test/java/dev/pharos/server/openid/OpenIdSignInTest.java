// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.pharos.mtp.tls.HttpsTrust;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.SubjectName;
import dev.pharos.server.openid.GroupRules.Rule;
import dev.pharos.server.openid.OpenIdSignIn.Arrived;
import dev.pharos.server.openid.OpenIdSignIn.Begun;
import dev.pharos.server.rights.Role;
import dev.pharos.server.rights.Scope;
import dev.pharos.testkit.ManualClock;
import dev.pharos.testkit.OpenIdProvider;
import dev.pharos.testkit.OpenIdProvider.Lie;
import dev.pharos.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signing in by a provider that is real, and that lies.
final class OpenIdSignInTest {
    private static final HttpClient BROWSER = HttpClient.newHttpClient();
    private static final Map<String, Object> ANNA =
            Map.of("sub", "a-1", "preferred_username", "anna", "groups", List.of("staff", "noc"));

    private final ManualClock clock = new ManualClock(Instant.now());
    private OpenIdProvider provider;
    private OpenIdSignIn signIn;

    @BeforeEach
    void open() throws Exception {
        provider = OpenIdProvider.start();
        provider.isVisitedBy(ANNA);
        signIn = signIn(provider, SSLContext.getDefault(), Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        signIn.close();
        provider.close();
    }

    private OpenIdSignIn signIn(OpenIdProvider at, SSLContext trust, Duration patience) {
        return signIn("", at, trust, patience, "preferred_username");
    }

    private OpenIdSignIn signIn(String id, OpenIdProvider at, SSLContext trust, Duration patience, String name) {
        OpenIdSettings settings = new OpenIdSettings(
                id,
                at.issuer(),
                "Example",
                new OpenIdSettings.Client(at.client(), at.secret(), List.of("profile")),
                new OpenIdSettings.Claims(name, "groups"),
                OpenIdSettings.People.ALL,
                new GroupRules(
                        List.of(
                                new Rule("groups", "noc", new Grant(Role.ENGINEER, Optional.empty())),
                                new Rule("groups", "north", new Grant(Role.SUPPORT, Scope.of("tag:north", List.of()))),
                                new Rule("department", "lab", new Grant(Role.VIEWER, Optional.empty()))),
                        Optional.empty()),
                Optional.of(URI.create("https://pharos.example")),
                Optional.empty());
        return new OpenIdSignIn(settings, new ProviderClient(trust, patience), clock);
    }

    /// Where the provider sends the browser back to, as parameters.
    private static Map<String, List<String>> visit(Begun begun) throws IOException, InterruptedException {
        String there = BROWSER.send(HttpRequest.newBuilder(begun.at()).build(), BodyHandlers.ofString())
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(there).matches("https://pharos\\.example/signin/openid(/[a-z]+)?/callback\\?.*");
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : URI.create(there).getRawQuery().split("&")) {
            String[] sides = pair.split("=", 2);
            parameters.put(sides[0], List.of(URLDecoder.decode(sides[1], StandardCharsets.UTF_8)));
        }
        return parameters;
    }

    private Arrived arrive() throws Exception {
        return arrive(signIn);
    }

    private static Arrived arrive(OpenIdSignIn by) throws Exception {
        Begun begun = by.begin("/devices");
        return by.finish(visit(begun), Optional.of(begun.cookie()));
    }

    private SignInRefusedException refusal() {
        return catchThrowableOfType(SignInRefusedException.class, this::arrive);
    }

    @Test
    void somebody_arrives_with_the_role_of_the_first_group_that_has_one_and_goes_on_where_they_were() throws Exception {
        Begun begun = signIn.begin("/devices?q=tag%3Anorth");
        assertThat(begun.at().toString())
                .contains("code_challenge_method=S256", "scope=openid+profile", "response_type=code");
        Arrived anna = signIn.finish(visit(begun), Optional.of(begun.cookie()));
        assertThat(anna.subject()).isEqualTo("a-1");
        assertThat(anna.name()).isEqualTo("anna");
        assertThat(anna.grant()).contains(new Grant(Role.ENGINEER, Optional.empty()));
        assertThat(signIn.back(Optional.of(begun.cookie()))).isEqualTo("/devices?q=tag%3Anorth");
        assertThat(signIn.trouble()).isEmpty();
    }

    @Test
    void who_is_in_no_group_with_a_role_is_granted_nothing_and_a_limit_is_a_part_of_what_is_granted() throws Exception {
        provider.isVisitedBy(Map.of("sub", "b-1", "preferred_username", "berta", "groups", List.of("staff")));
        assertThat(arrive().grant()).isEmpty();
        provider.isVisitedBy(Map.of("sub", "b-1", "preferred_username", "berta", "groups", "north"));
        assertThat(arrive().grant()).contains(new Grant(Role.SUPPORT, Scope.of("tag:north", List.of())));
        provider.isVisitedBy(Map.of("sub", "b-1", "preferred_username", "berta", "department", "lab"));
        assertThat(arrive().grant()).contains(new Grant(Role.VIEWER, Optional.empty()));
    }

    @Test
    void an_address_of_e_mail_that_the_provider_has_not_seen_to_be_theirs_proves_nothing() throws Exception {
        try (OpenIdSignIn byMail = signIn("", provider, SSLContext.getDefault(), Duration.ofSeconds(10), "email")) {
            Map<String, Object> anna = new LinkedHashMap<>(ANNA);
            anna.put("email", "anna@example.com");
            provider.isVisitedBy(anna);
            assertThat(arrive(byMail).proven()).isFalse();
            anna.put("email_verified", true);
            provider.isVisitedBy(anna);
            assertThat(arrive(byMail).proven()).isTrue();
            assertThat(arrive(byMail).name()).isEqualTo("anna@example.com");
            anna.put("email_verified", false);
            provider.isVisitedBy(anna);
            assertThat(catchThrowableOfType(SignInRefusedException.class, () -> arrive(byMail))
                            .said())
                    .contains("does not know your address of e-mail to be yours");
        }
        assertThat(arrive().proven())
                .as("of another claim the provider says what it is")
                .isTrue();
    }

    /// The attack by which one provider is handed what belongs to another.
    @Test
    void what_one_provider_answered_counts_at_no_other() throws Exception {
        try (OpenIdProvider evil = OpenIdProvider.start();
                OpenIdSignIn there =
                        signIn("evil", evil, SSLContext.getDefault(), Duration.ofSeconds(10), "preferred_username")) {
            evil.isVisitedBy(Map.of("sub", "a-1", "preferred_username", "anna", "groups", List.of("noc")));
            Begun here = signIn.begin("/");
            Begun other = there.begin("/");
            assertThat(other.at().toString()).contains("%2Fsignin%2Fopenid%2Fevil%2Fcallback");
            // a browser that began here is sent back there, with this provider's code
            Map<String, List<String>> honest = visit(here);
            assertThat(catchThrowableOfType(
                                    SignInRefusedException.class,
                                    () -> there.finish(honest, Optional.of(here.cookie())))
                            .reason())
                    .contains("did not begin it here");
            Map<String, List<String>> mixed = new LinkedHashMap<>(visit(other));
            mixed.put("code", honest.get("code"));
            mixed.put("iss", honest.get("iss"));
            assertThat(catchThrowableOfType(
                                    SignInRefusedException.class,
                                    () -> there.finish(mixed, Optional.of(other.cookie())))
                            .reason())
                    .contains("of another issuer, " + provider.issuer());
            assertThat(evil.asked()).as("it is not shown the code").doesNotContain("/token");
        }
    }

    /// What the log says of each lie; nobody comes in by one, and the person is told in plain words.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OTHER_NONCE            | Unexpected JWT nonce
            OTHER_AUDIENCE         | Unexpected JWT audience
            OTHER_PARTY            | for another party: another
            OTHER_ISSUER           | Unexpected JWT issuer
            EXPIRED                | Expired JWT
            OF_TOMORROW            | JWT issue time
            UNSIGNED               | Signed ID token expected
            SIGNED_WITH_PUBLIC_KEY | Another algorithm expected
            SIGNED_BY_ANOTHER      | Invalid signature
            UNKNOWN_KEY            | no matching key
            RESPONSE_OF_ANOTHER    | of another issuer, https://another.example
            RESPONSE_WITHOUT_ISSUER| does not say who gave it
            NO_ID_TOKEN            | no ID token
            USERINFO_OF_ANOTHER    | speaks of somebody else
            """)
    void nobody_comes_in_by_a_lie(Lie lie, String reason) {
        provider.lies(lie);
        SignInRefusedException refused = refusal();
        assertThat(refused.reason()).contains(reason);
        assertThat(refused.said())
                .isEqualTo("What Example answered is not good enough to sign you in. The audit log says why.");
        provider.lies();
        assertThat(catchThrowableOfType(SignInRefusedException.class, this::arrive))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DISCOVERY_OF_ANOTHER | of another issuer
            DISCOVERY_ELSEWHERE  | a redirect, which is not followed
            DISCOVERY_HUGE       | gave no answer that can be used
            KEYS_NOT_HTTPS       | jwks_uri that is not HTTPS
            """)
    void a_provider_that_says_something_odd_of_itself_is_not_asked_for_anybody(Lie lie, String reason)
            throws Exception {
        provider.lies(lie);
        SignInRefusedException refused = refusal();
        assertThat(refused.reason()).contains(reason);
        assertThat(refused.said()).contains("Example cannot be asked now", "whoever has a password");
        assertThat(signIn.trouble()).hasValueSatisfying(why -> assertThat(why).contains(reason));
        assertThat(provider.asked()).containsOnly("/.well-known/openid-configuration");
        provider.lies();
        assertThat(arrive().name()).isEqualTo("anna");
        assertThat(signIn.trouble()).isEmpty();
    }

    @Test
    void tokens_without_end_are_not_read_to_their_end() throws Exception {
        arrive();
        provider.lies(Lie.TOKENS_HUGE);
        assertThat(refusal().reason()).contains("gave no answer that can be used");
    }

    @Test
    void a_provider_that_hangs_is_given_up_and_so_is_one_that_is_gone() throws Exception {
        try (OpenIdSignIn hasty = signIn(provider, SSLContext.getDefault(), Duration.ofMillis(300))) {
            provider.lies(Lie.HANGING);
            assertThatExceptionOfType(SignInRefusedException.class)
                    .isThrownBy(() -> hasty.begin("/"))
                    .satisfies(refused -> assertThat(refused.reason()).contains("no whole answer within"));
        }
        provider.close();
        assertThat(refusal().reason()).contains("cannot be connected to");
    }

    /// Whoever waits for the next byte only waits for ever.
    @Test
    void a_provider_that_gives_a_byte_now_and_then_is_given_up() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        HttpServer dripping = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        dripping.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        dripping.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (exchange) {
                while (!closing.await(50, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        dripping.start();
        try (ProviderClient client = new ProviderClient(SSLContext.getDefault(), Duration.ofMillis(400))) {
            URI place = URI.create("http://127.0.0.1:" + dripping.getAddress().getPort() + "/document");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client.document(place))
                    .withMessageContaining("no whole answer within");
        } finally {
            closing.countDown();
            dripping.stop(0);
        }
    }

    @Test
    void what_was_known_of_a_provider_goes_on_to_hold_while_it_cannot_be_asked_again() throws Exception {
        arrive();
        clock.advance(Duration.ofHours(2));
        provider.lies(Lie.DISCOVERY_ELSEWHERE);
        assertThat(signIn.begin("/").at().toString()).startsWith(provider.issuer() + "/authorize");
        assertThat(signIn.trouble()).isPresent();
    }

    @Test
    void a_key_that_was_changed_is_looked_for_and_found_and_those_that_are_known_are_not_asked_for_again()
            throws Exception {
        arrive();
        arrive();
        provider.changesKey();
        assertThat(arrive().name()).isEqualTo("anna");
        assertThat(provider.asked().stream().filter("/keys"::equals)).hasSize(2);
        provider.lies(Lie.UNKNOWN_KEY);
        for (int i = 0; i < 5; i++) {
            assertThat(refusal().reason()).isNotEmpty();
        }
        assertThat(provider.asked().stream().filter("/keys"::equals)).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void a_provider_that_denies_is_quoted_by_its_code_alone() {
        provider.lies(Lie.DENYING);
        SignInRefusedException refused = refusal();
        assertThat(refused.said()).isEqualTo("Example did not sign you in (access_denied).");
        assertThat(refused.reason()).doesNotContain("script");
    }

    @Test
    void an_answer_counts_once_and_only_for_the_browser_that_began_and_only_for_a_while() throws Exception {
        Begun mine = signIn.begin("/");
        Begun anothers = signIn.begin("/");
        Map<String, List<String>> answer = visit(mine);
        assertThat(reason(answer, Optional.of(anothers.cookie()))).contains("the state of another sign-in");
        assertThat(reason(answer, Optional.empty())).contains("did not begin it here");
        assertThat(reason(answer, Optional.of(mine.cookie().replace('.', '-')))).contains("did not begin it here");
        assertThat(reason(answer, Optional.of("a.1.Lw." + mine.cookie().split("\\.")[3])))
                .contains("did not begin it here");
        assertThat(signIn.finish(answer, Optional.of(mine.cookie())).name()).isEqualTo("anna");
        assertThat(reason(answer, Optional.of(mine.cookie()))).contains("twice");

        Map<String, List<String>> late = visit(anothers);
        clock.advance(Duration.ofMinutes(11));
        assertThat(reason(late, Optional.of(anothers.cookie()))).contains("too long ago");
    }

    @Test
    void a_code_that_was_used_already_is_worth_nothing_in_another_sign_in() throws Exception {
        Begun first = signIn.begin("/");
        Map<String, List<String>> answer = visit(first);
        signIn.finish(answer, Optional.of(first.cookie()));
        Begun second = signIn.begin("/");
        Map<String, List<String>> mixed = new LinkedHashMap<>(visit(second));
        mixed.put("code", answer.get("code"));
        assertThat(reason(mixed, Optional.of(second.cookie()))).contains("does not take the code: invalid_grant");
        // and one of another sign-in that was not used fails for its verifier
        Begun third = signIn.begin("/");
        Map<String, List<String>> stolen = visit(third);
        Begun fourth = signIn.begin("/");
        Map<String, List<String>> own = new LinkedHashMap<>(visit(fourth));
        own.put("code", stolen.get("code"));
        assertThat(reason(own, Optional.of(fourth.cookie()))).contains("invalid_grant");
    }

    private String reason(Map<String, List<String>> answer, Optional<String> cookie) {
        return catchThrowableOfType(SignInRefusedException.class, () -> signIn.finish(answer, cookie))
                .reason();
    }

    @Test
    void what_the_id_token_leaves_out_is_taken_from_the_userinfo() throws Exception {
        provider.lies(Lie.PERSON_IN_USERINFO);
        Arrived anna = arrive();
        assertThat(anna.name()).isEqualTo("anna");
        assertThat(anna.grant()).isPresent();
        provider.isVisitedBy(Map.of("sub", "n-1", "groups", List.of("noc")));
        assertThat(refusal().reason()).contains("says no preferred_username of n-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example/",
                "/\\evil.example",
                "\\\\evil.example",
                "javascript:alert(1)",
                "devices",
                "/a b",
                "/signin/openid",
                ""
            })
    void nobody_is_sent_elsewhere_afterwards(String back) throws Exception {
        Begun begun = signIn.begin(back);
        assertThat(signIn.back(Optional.of(begun.cookie()))).isEqualTo("/");
        assertThat(signIn.back(Optional.of("none"))).isEqualTo("/");
    }

    @Test
    void signing_out_there_names_us_and_where_to_come_back_to() throws Exception {
        assertThat(signIn.signOut()).isEmpty();
        arrive();
        assertThat(signIn.signOut())
                .hasValueSatisfying(url -> assertThat(url.toString())
                        .startsWith(provider.issuer() + "/logout?")
                        .contains("client_id=pharos", "post_logout_redirect_uri=https%3A%2F%2Fpharos.example%2F"));
    }

    @Test
    void a_provider_over_tls_is_believed_if_its_certificate_is(@TempDir Path folder) throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        TestAuthority.Files identity = authority.issue(new SubjectName.Address("127.0.0.1"));
        SSLContext shown = HttpsTrust.withCertificate(
                TlsSettings.trusting(authority.trusted()).withCertificate(identity.chain(), identity.key()));
        try (OpenIdProvider secure = OpenIdProvider.start(shown);
                OpenIdSignIn trusting = signIn(
                        secure, HttpsTrust.read(TlsSettings.trusting(authority.trusted())), Duration.ofSeconds(10));
                OpenIdSignIn doubting = signIn(secure, SSLContext.getDefault(), Duration.ofSeconds(10))) {
            assertThat(trusting.begin("/").at().toString()).startsWith("https://127.0.0.1");
            assertThatExceptionOfType(SignInRefusedException.class)
                    .isThrownBy(() -> doubting.begin("/"))
                    .satisfies(refused -> assertThat(refused.reason()).contains("no TLS that is trusted"));
        }
    }

    @Test
    void claims_are_found_by_their_whole_name_and_within_others() {
        Map<String, Object> claims = Map.of(
                "https://example.org/groups", List.of("a", 1, "b"),
                "realm_access", Map.of("roles", List.of("c")),
                "flat", "d");
        assertThat(ClaimReader.texts(claims, "https://example.org/groups")).containsExactly("a", "b");
        assertThat(ClaimReader.texts(claims, "realm_access.roles")).containsExactly("c");
        assertThat(ClaimReader.texts(claims, "flat")).containsExactly("d");
        assertThat(ClaimReader.texts(claims, "flat.deeper")).isEmpty();
    }
}
