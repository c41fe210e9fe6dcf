// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.session.E2eSession;
import dev.pharos.usp.session.SessionMode;
import dev.pharos.usp.session.SessionPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// `Device.LocalAgent.Controller.{i}.E2ESession.`: how sessions with a controller are kept, and how they are.
public final class SessionElement implements ServiceElement {
    private static final String OBJECT = "E2ESession.";
    private static final String SECURITY = "PayloadSecurity";
    private static final String TLS = "TLS";
    private static final String PLAINTEXT = "Plaintext";

    private final AgentRuntime runtime;
    private final EndToEnd security;
    private final Map<String, SessionControl> sessions = new ConcurrentHashMap<>();
    private @Nullable DeviceContext context;

    /// @param security whether payloads can be secured at all, and whether they must be
    public SessionElement(AgentRuntime runtime, EndToEnd security) {
        this.runtime = runtime;
        this.security = security;
    }

    @Override
    public SupportedDataModel supported() {
        return LocalAgentModel.SESSION;
    }

    @Override
    public void start(DeviceContext mounted) {
        context = mounted;
        boolean possible = security.possible();
        if (possible && !security.required()) {
            return;
        }
        // Without certificates there is no TLS, whatever was set when there were some.
        mounted.update(transaction -> {
            for (ObjectInstance row : ControllerElement.rows(transaction.snapshot())) {
                transaction.set(row.path() + OBJECT + SECURITY, possible ? TLS : PLAINTEXT);
                if (possible) {
                    transaction.set(row.path() + OBJECT + "SessionMode", SessionMode.REQUIRE.text());
                }
            }
            return transaction;
        });
    }

    /// TLS needs certificates.
    @Override
    public void validate(ChangeSet proposed) {
        if (security.possible()) {
            return;
        }
        for (ObjectInstance row : ControllerElement.rows(proposed.after())) {
            String path = row.path() + OBJECT + SECURITY;
            if (proposed.after().value(path).orElse("").equals(TLS)
                    && proposed.before().value(path).orElse("").equals(PLAINTEXT)) {
                throw new UspException(
                        StandardErrorCode.INVALID_VALUE, path + ": TLS needs certificates, and this agent has none");
            }
        }
    }

    /// Steers the session with this controller from now on.
    public void add(EndpointId controller, SessionControl session) {
        sessions.put(controller.toString(), session);
        DeviceContext mounted = context;
        if (mounted != null) {
            require(mounted, controller);
            policy(mounted.snapshot(), controller.toString()).ifPresent(session::use);
        }
    }

    /// The controller is none any more.
    public void remove(EndpointId controller) {
        sessions.remove(controller.toString());
    }

    /// Where all Messages have to be in TLS, those of a controller that is new have to be as well.
    private void require(DeviceContext mounted, EndpointId controller) {
        Optional<String> row = ControllerElement.row(mounted.snapshot(), controller)
                .map(ObjectInstance::path)
                .filter(_ -> security.required() && security.possible());
        row.map(path -> path + OBJECT)
                .filter(path ->
                        !mounted.snapshot().value(path + SECURITY).orElse("").equals(TLS)
                                || !mounted.snapshot()
                                        .value(path + "SessionMode")
                                        .orElse("")
                                        .equals(SessionMode.REQUIRE.text()))
                .ifPresent(path -> mounted.update(transaction -> {
                    transaction.set(path + SECURITY, TLS);
                    transaction.set(path + "SessionMode", SessionMode.REQUIRE.text());
                    return path;
                }));
    }

    private Optional<SessionPolicy> policy(Snapshot snapshot, String controller) {
        return ControllerElement.rows(snapshot).stream()
                .filter(row -> row.value("EndpointID").orElse("").equals(controller))
                .findFirst()
                .flatMap(row -> snapshot.object(row.path() + OBJECT))
                .map(this::policy);
    }

    private SessionPolicy policy(ObjectInstance session) {
        RetryBackoff retry =
                new RetryBackoff(Duration.ofSeconds(number(session, "SessionRetryMinimumWaitInterval")), (int)
                        number(session, "SessionRetryIntervalMultiplier"));
        return SessionPolicy.of(attempt -> retry.waitBefore(attempt, runtime.random()))
                .withMode(SessionMode.of(session.value("SessionMode").orElseThrow()))
                .withSecurity(
                        session.value(SECURITY).orElse("").equals(TLS) && security.possible()
                                ? PayloadSecurity.TLS12
                                : PayloadSecurity.PLAINTEXT)
                .withExpiration(Duration.ofSeconds(number(session, "SessionExpiration")))
                .withMaxRecordBytes((int) Math.min(number(session, "MaxUSPRecordSize"), Integer.MAX_VALUE))
                .withMaxRetransmitTries((int) number(session, "MaxRetransmitTries"));
    }

    private static long number(ObjectInstance object, String parameter) {
        return Long.parseLong(object.value(parameter).orElseThrow());
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return supportedParameterPath.endsWith(".Status") || supportedParameterPath.endsWith(".CurrentRetryCount");
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        Optional<SessionControl> session = session(object);
        if (parameter.equals("CurrentRetryCount")) {
            return Integer.toString(session.map(SessionControl::retryCount).orElse(0));
        }
        return switch (session.map(SessionControl::status).orElse(E2eSession.Status.DOWN)) {
            case DOWN -> "Down";
            case NEGOTIATING -> "Negotiating";
            case UP -> "Up";
        };
    }

    private Optional<SessionControl> session(ObjectInstance object) {
        String row = object.path().substring(0, object.path().length() - OBJECT.length());
        return Optional.ofNullable(context)
                .flatMap(mounted -> mounted.snapshot().object(row))
                .flatMap(controller -> controller.value("EndpointID"))
                .map(sessions::get);
    }

    /// New settings count from when the answer to their Set has left, under the old ones.
    @Override
    public void apply(ChangeSet changes) {
        if (!sessions.isEmpty()) {
            runtime.timer().schedule(Limits.SESSION_CHANGE_DELAY, this::settle);
        }
    }

    private void settle() {
        DeviceContext mounted = context;
        if (mounted != null) {
            sessions.forEach((controller, session) ->
                    policy(mounted.snapshot(), controller).ifPresent(session::use));
        }
    }

    @Override
    public Map<String, String> operate(CommandCall call) {
        SessionControl session = session(call.object())
                .orElseThrow(() -> new UspException(StandardErrorCode.COMMAND_FAILURE, "no such session"));
        runtime.timer().schedule(Limits.SESSION_CHANGE_DELAY, session::reset);
        return Map.of();
    }
}
