// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import java.util.function.Consumer;

/// What of ours a message of ubusd is for.
sealed interface UbusTarget {

    /// An object that we offer.
    final class Served implements UbusTarget {
        final UbusObject object;
        volatile int id;
        /// Whether anybody has subscribed to it.
        volatile boolean watched;

        Served(UbusObject object) {
            this.object = object;
        }
    }

    /// The nameless object to which events are told.
    record Ears() implements UbusTarget {}

    /// The nameless object to which another object tells its notifications.
    ///
    final class Subscription implements UbusTarget {
        /// Of the other.
        final String path;

        final Consumer<UbusEvent> handler;
        /// Our nameless object; 0 where there is none on this connection yet.
        volatile int id;
        /// The other object, where it is there and we have subscribed to it; else 0.
        volatile int target;

        Subscription(String path, Consumer<UbusEvent> handler) {
            this.path = path;
            this.handler = handler;
        }

        void reset() {
            id = 0;
            target = 0;
        }
    }

    /// Who wants to hear of events.
    ///
    /// @param pattern an event's name, or the beginning of some with `*` behind it
    record Listener(String pattern, Consumer<UbusEvent> handler) {
        boolean wants(String event) {
            return pattern.endsWith("*")
                    ? event.startsWith(pattern.substring(0, pattern.length() - 1))
                    : event.equals(pattern);
        }
    }
}
