// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.ubus;

import dev.pharos.agent.UspAgent;
import dev.pharos.cli.contact.Contacts;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.Notification.OperationComplete;
import java.util.function.BiConsumer;

/// What the agent tells everybody on ubus who listens: `usp.controller` of those who are reached and not
/// reached any more, and `usp.operated` of commands that were begun there and have ended.
public final class UspEvents {
    private UspEvents() {}

    /// @param agent started
    /// @param bus takes the name of an event and what it says; may wait for a short while
    public static void tell(UspAgent agent, Contacts contacts, BiConsumer<String, UbusTable> bus) {
        contacts.onNews(news -> bus.accept("usp.controller", of(news)));
        agent.onEnded(complete -> bus.accept("usp.operated", of(complete)));
    }

    private static UbusTable of(Contacts.News news) {
        UbusTable event = UbusTable.EMPTY
                .with("endpoint", news.controller().toString())
                .with("action", news.come() ? "up" : "down")
                .with("to", news.place());
        return news.come() ? event : event.with("reason", news.reason());
    }

    private static UbusTable of(OperationComplete complete) {
        UbusTable event = UbusTable.EMPTY
                .with("path", complete.objPath() + complete.commandName())
                .with("command_key", complete.commandKey());
        return switch (complete.result()) {
            case Notification.OutputArgs outputs -> event.with("output", UbusResults.table(outputs.outputArgs()));
            case Notification.CommandFailure failure -> UbusResults.failed(event, failure.fault());
        };
    }
}
