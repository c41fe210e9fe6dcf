// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.access;

import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// The controller whose request is being carried out, or whoever administers the device itself.
///
/// @param row its row's path, `Device.LocalAgent.Controller.1.`; of the administrator, who has none,
/// `Device.LocalAgent.`
public record Requester(EndpointId endpointId, String row, Permissions permissions) {
    private static final String ADMINISTRATOR = "Device.LocalAgent.";
    private static final ScopedValue<Requester> CURRENT = ScopedValue.newInstance();
    private static final ScopedValue<String> COMMAND_KEY = ScopedValue.newInstance();

    /// Whoever administers the device, and so need not be a controller.
    public static Requester administrator(EndpointId agent) {
        return new Requester(agent, ADMINISTRATOR, Permissions.ADMINISTRATOR);
    }

    /// The row of the controller whose request this thread carries out; empty where it is none's: the device acts by
    /// itself, or for whoever administers it, as an ACS does.
    public static Optional<String> currentController() {
        return current().map(Requester::row).filter(row -> !row.equals(ADMINISTRATOR));
    }

    /// The requester of the request that this thread carries out; empty where the device acts by itself.
    public static Optional<Requester> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /// Runs the body as a request of this controller.
    public <T> T call(ScopedValue.CallableOp<T, RuntimeException> body) {
        return ScopedValue.where(CURRENT, this).call(body);
    }

    /// The `command_key` of the Operate that this thread carries out; empty text outside of one.
    public static String commandKey() {
        return COMMAND_KEY.orElse("");
    }

    /// Runs the body as a command of this controller.
    public <T, X extends Exception> T command(String commandKey, ScopedValue.CallableOp<T, X> body) throws X {
        return ScopedValue.where(CURRENT, this).where(COMMAND_KEY, commandKey).call(body);
    }
}
