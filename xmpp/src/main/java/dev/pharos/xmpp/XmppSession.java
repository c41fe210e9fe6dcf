// SPDX-License-Identifier: Apache-2.0
package dev.pharos.xmpp;

import dev.pharos.xmpp.LinkState.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.iqrequest.IQRequestHandler.Mode;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jivesoftware.smack.provider.ProviderManager;
import org.jivesoftware.smack.sasl.SASLErrorException;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/// One connection that stands.
final class XmppSession implements AutoCloseable {
    /// Says of each attempt that fails, with a trace, what is told here in one sentence.
    private static final Logger LIBRARY = Logger.getLogger("org.jivesoftware.smack");

    static {
        LIBRARY.setLevel(Level.OFF);
        ProviderManager.addIQProvider(
                ConnectionRequest.ELEMENT, ConnectionRequest.NAMESPACE, new ConnectionRequest.Provider());
    }

    private final AbstractXMPPConnection connection;
    private final Duration keepAlive;
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    private XmppSession(AbstractXMPPConnection connection, Duration keepAlive) {
        this.connection = connection;
        this.keepAlive = keepAlive;
        connection.addConnectionListener(new ConnectionListener() {
            @Override
            public void connectionClosedOnError(Exception broken) {
                ended.complete("the connection broke: "
                        + (broken instanceof XMPPException.StreamErrorException told
                                ? told.getStreamError().getCondition().toString()
                                : words(broken)));
            }

            @Override
            public void connectionClosed() {
                ended.complete("the server has ended the connection");
            }
        });
    }

    /// Tries each place until one has somebody.
    ///
    /// @throws XmppFailure why there is no connection
    static XmppSession open(XmppAccount account, SSLContext trust, Callee callee)
            throws XmppFailure, InterruptedException {
        XmppFailure last = new XmppFailure(Trouble.NO_SERVER, "nobody has said where the server is", new IOException());
        for (XmppAccount.Place place :
                account.places().stream().limit(Limits.PLACES).toList()) {
            try {
                return open(account, place, trust, callee);
            } catch (XmppFailure failed) {
                last = failed;
                if (failed.trouble() != Trouble.NO_SERVER) {
                    throw failed;
                }
            }
        }
        throw last;
    }

    private static XmppSession open(XmppAccount account, XmppAccount.Place place, SSLContext trust, Callee callee)
            throws XmppFailure, InterruptedException {
        AbstractXMPPConnection connection;
        try {
            connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                    .setXmppDomain(account.domain())
                    .setHost(place.host())
                    .setPort(place.port())
                    .setUsernameAndPassword(account.username(), account.password())
                    .setResource(account.resource())
                    .setSecurityMode(account.encrypted() ? SecurityMode.required : SecurityMode.ifpossible)
                    .setSslContextFactory(() -> FixedContext.of(trust))
                    .setCompressionEnabled(false)
                    .setConnectTimeout((int) Limits.STEP.toMillis())
                    .build());
        } catch (XmppStringprepException | IllegalArgumentException wrong) {
            throw new XmppFailure(Trouble.OTHER, "no account of XMPP: " + account, wrong);
        }
        connection.setReplyTimeout(Limits.STEP.toMillis());
        XmppSession session = new XmppSession(connection, account.keepAlive());
        connection.registerIQRequestHandler(new Door(callee));
        try {
            connection.connect();
            connection.login();
            return session;
        } catch (SmackException | XMPPException | IOException failed) {
            session.close();
            throw failure(failed, place);
        } catch (InterruptedException stopped) {
            session.close();
            throw stopped;
        }
    }

    private static XmppFailure failure(Exception failed, XmppAccount.Place place) {
        String where = place.host() + ":" + place.port();
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SASLErrorException) {
                return new XmppFailure(Trouble.NOT_ACCEPTED, where + " does not take our login", failed);
            }
            if (cause instanceof SSLException) {
                return new XmppFailure(Trouble.OTHER, where + " is not trusted: " + words(cause), failed);
            }
        }
        return failed instanceof IOException || failed instanceof SmackException.EndpointConnectionException
                ? new XmppFailure(Trouble.NO_SERVER, "nobody answers at " + where, failed)
                : new XmppFailure(Trouble.OTHER, where + ": " + words(failed), failed);
    }

    /// Of an exception, on one line.
    private static String words(Throwable failed) {
        String text = String.valueOf(failed.getMessage()).replaceAll("\\p{Cntrl}+", " ");
        return text.length() > Limits.REASON_CHARACTERS ? text.substring(0, Limits.REASON_CHARACTERS) : text;
    }

    LinkState.Up up() {
        return new LinkState.Up(String.valueOf(connection.getUser()), connection.isSecureConnection());
    }

    /// Waits until the connection is over, and asks meanwhile whether somebody is there.
    ///
    /// @return why, in words for people
    String awaitEnd() throws InterruptedException {
        Duration every = keepAlive.isZero() ? Limits.KEEP_ALIVE : keepAlive.abs();
        long millis = Math.min(every.toMillis(), Limits.LONGEST_KEEP_ALIVE.toMillis());
        while (true) {
            try {
                return ended.get(millis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException quiet) {
                if (!keepAlive.isNegative() && !isThere()) {
                    return "the server gives no sign of life";
                }
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private boolean isThere() throws InterruptedException {
        Ping ping = new Ping();
        ping.setTo(connection.getXMPPServiceDomain());
        try {
            connection.sendIqRequestAndWaitForResponse(ping);
            return true;
        } catch (XMPPException.XMPPErrorException alsoAnAnswer) {
            return true;
        } catch (SmackException nobody) {
            return false;
        }
    }

    /// @return empty where the device comes, else why not
    Optional<String> call(String jid, ConnectionRequest request, Duration patience) {
        try {
            request.setType(IQ.Type.get);
            request.setTo(JidCreate.from(jid));
            IQ _ = connection.createStanzaCollectorAndSend(request).nextResultOrThrow(patience.toMillis());
            return Optional.empty();
        } catch (XmppStringprepException wrong) {
            return Optional.of("where it is reached over XMPP is no Jabber ID");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of("the server stops");
        } catch (XMPPException.XMPPErrorException refused) {
            return Optional.of(refusal(refused.getStanzaError().getCondition()));
        } catch (SmackException.NoResponseException late) {
            return Optional.of("it does not answer a call over XMPP within " + patience.toSeconds() + " s");
        } catch (SmackException broken) {
            return Optional.of("the call over XMPP broke off");
        }
    }

    private static String refusal(Condition condition) {
        return switch (condition) {
            case not_authorized, forbidden -> "over XMPP it does not take our login for calls";
            case service_unavailable, recipient_unavailable, item_not_found, remote_server_not_found ->
                "over XMPP it is not there, or busy";
            default ->
                "over XMPP it refuses a call: "
                        + condition.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    @Override
    public void close() {
        if (connection instanceof XMPPTCPConnection direct) {
            // says goodbye, without waiting for the server's
            direct.instantShutdown();
        }
    }

    /// Takes calls.
    private static final class Door extends AbstractIqRequestHandler {
        private final Callee callee;

        Door(Callee callee) {
            super(ConnectionRequest.ELEMENT, ConnectionRequest.NAMESPACE, IQ.Type.get, Mode.async);
            this.callee = callee;
        }

        @Override
        public IQ handleIQRequest(IQ asked) {
            if (!(asked instanceof ConnectionRequest request)) {
                return IQ.createErrorResponse(asked, Condition.bad_request);
            }
            return switch (callee.called(String.valueOf(asked.getFrom()), request.username(), request.password())) {
                case COMES -> IQ.createResultIQ(asked);
                case NOT_AUTHORIZED -> IQ.createErrorResponse(asked, Condition.not_authorized);
                case UNAVAILABLE -> IQ.createErrorResponse(asked, Condition.service_unavailable);
            };
        }
    }
}
