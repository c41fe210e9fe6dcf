// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import dev.pharos.controller.acs.Calling;
import dev.pharos.cwmp.udp.UdpCall;
import dev.pharos.server.store.ServerKeyStore;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.http.HttpChallenge;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Connection requests: a GET at the device, with a Digest, a signed datagram through its NAT, or a word over XMPP. The
/// login of each device is derived from one key of the server, so that none is kept; another key is another name, by
/// which is seen that a device has the old one.
/// Thread-safe.
public final class ConnectionRequests implements Calling, AutoCloseable {
    private static final String KEY = "connection requests";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int PASSWORD_BYTES = 24;
    private static final int NAME_CHARACTERS = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;
    private volatile Optional<StunListener> stun = Optional.empty();
    private volatile boolean signedStun;
    private volatile OptionalInt notificationPort = OptionalInt.empty();
    private volatile Optional<XmppCalls> xmpp = Optional.empty();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Limits.CALL)
            .executor(Thread::startVirtualThread)
            .build();

    ConnectionRequests(Bytes key) {
        this.key = new SecretKeySpec(key.toByteArray(), ALGORITHM);
    }

    /// With the key of the server, made now where there is none.
    public static ConnectionRequests of(ServerKeyStore keys) {
        byte[] fresh = new byte[KEY_BYTES];
        RANDOM.nextBytes(fresh);
        return new ConnectionRequests(keys.key(KEY, Bytes.adopt(fresh)));
    }

    @Override
    public Optional<Login> loginFor(EndpointId device) {
        byte[] password = Arrays.copyOf(derived("password", device), PASSWORD_BYTES);
        return Optional.of(new Login(
                "pharos-" + HexFormat.of().formatHex(derived("name", device)).substring(0, NAME_CHARACTERS),
                Base64.getUrlEncoder().withoutPadding().encodeToString(password)));
    }

    @Override
    public Optional<Login> stunLoginFor(EndpointId device) {
        return signedStun
                ? loginFor(device).map(Login::username).map(name -> new Login(name, stunPassword(name)))
                : Optional.empty();
    }

    /// With what whoever has this name signs what it asks over STUN.
    public String stunPassword(String username) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOf(derived("stun", username), PASSWORD_BYTES));
    }

    private byte[] derived(String what, EndpointId device) {
        return derived(what, device.toString());
    }

    private byte[] derived(String what, String name) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal((what + " " + name).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }

    /// From now on devices are called through their NAT too, from where they ask for their address.
    ///
    /// @param signed whether they have to sign what they ask
    public void through(StunListener listener, boolean signed) {
        stun = Optional.of(listener);
        signedStun = signed;
    }

    /// From now on devices that tell by datagrams are told to send them there.
    public void heardAt(int port) {
        notificationPort = OptionalInt.of(port);
    }

    @Override
    public OptionalInt notificationPort() {
        return notificationPort;
    }

    /// From now on devices are called over XMPP too.
    public void over(XmppCalls calls) {
        xmpp = Optional.of(calls);
    }

    @Override
    public Optional<String> jabberId() {
        return xmpp.map(XmppCalls::jid);
    }

    @Override
    public Optional<String> callOverXmpp(String jid, Login login) {
        Optional<XmppCalls> calls = xmpp;
        return calls.isEmpty()
                ? Calling.super.callOverXmpp(jid, login)
                : calls.get().call(jid, login);
    }

    @Override
    public Optional<String> callOverUdp(InetSocketAddress address, Login login) {
        Optional<StunListener> listener = stun;
        return listener.isEmpty()
                ? Optional.of("this server has no STUN (--stun)")
                : listener.get()
                        .call(
                                address,
                                UdpCall.signed(
                                        Instant.now().getEpochSecond(),
                                        Integer.toUnsignedLong(RANDOM.nextInt()),
                                        login.username(),
                                        nonce(),
                                        login.password()));
    }

    @Override
    public Optional<String> call(String url, Login login) {
        URI at = URI.create(url);
        try {
            HttpResponse<Void> first = get(at, Optional.empty());
            if (first.statusCode() != 401) {
                return meaning(first.statusCode());
            }
            String path = at.getRawPath().isEmpty() ? "/" : at.getRawPath();
            String target = at.getRawQuery() == null ? path : path + "?" + at.getRawQuery();
            Optional<String> answer = HttpChallenge.answer(
                    // in clear over HTTP it would be everybody's
                    HttpChallenge.parse(first.headers().allValues("WWW-Authenticate")).stream()
                            .filter(challenge -> challenge.scheme().equals("digest"))
                            .toList(),
                    new HttpChallenge.Login(login.username(), login.password(), "GET", target),
                    ConnectionRequests::nonce);
            return answer.isEmpty()
                    ? Optional.of("it wants a login in another way than as a Digest")
                    : meaning(again(at, answer.get()));
        } catch (IOException failed) {
            return Optional.of(sentence(failed));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of("the server stops");
        }
    }

    /// Some devices close the connection after their challenge.
    private int again(URI at, String answer) throws IOException, InterruptedException {
        try {
            return get(at, Optional.of(answer)).statusCode();
        } catch (HttpTimeoutException late) {
            throw late;
        } catch (IOException closed) {
            return get(at, Optional.of(answer)).statusCode();
        }
    }

    private HttpResponse<Void> get(URI at, Optional<String> answer) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at).timeout(Limits.CALL).GET();
        answer.ifPresent(said -> request.header("Authorization", said));
        CompletableFuture<HttpResponse<Void>> sent = client.sendAsync(
                request.build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.discarding(), Limits.CALL_ANSWER_BYTES));
        try {
            // the client's own limit ends with the head of the answer
            return sent.get(Limits.CALL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            sent.cancel(true);
            throw new HttpTimeoutException("too late");
        } catch (ExecutionException failed) {
            @Nullable Throwable cause = failed.getCause();
            throw cause instanceof IOException why ? why : new IOException(String.valueOf(failed.getMessage()), failed);
        }
    }

    private static Optional<String> meaning(int status) {
        return switch (status) {
            case 200, 202, 204 -> Optional.empty();
            case 401, 403 -> Optional.of("it does not take our login for calls");
            case 404 -> Optional.of("there is nothing where it says that it can be called");
            case 503 -> Optional.of("it is busy, or called too often");
            default -> Optional.of("it answers a call with the status " + status);
        };
    }

    private static String sentence(IOException failed) {
        return switch (failed) {
            case HttpTimeoutException _ -> "it does not answer a call within " + Limits.CALL.toSeconds() + " s";
            case ConnectException _ -> "nobody listens where it says that it can be called";
            default -> "the call broke off";
        };
    }

    private static String nonce() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
