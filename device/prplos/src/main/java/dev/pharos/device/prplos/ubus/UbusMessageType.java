// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import java.util.Optional;

/// What kinds of messages there are, by their numbers on the wire.
enum UbusMessageType {
    HELLO(0),
    STATUS(1),
    DATA(2),
    PING(3),
    LOOKUP(4),
    INVOKE(5),
    ADD_OBJECT(6),
    REMOVE_OBJECT(7),
    SUBSCRIBE(8),
    UNSUBSCRIBE(9),
    NOTIFY(10),
    MONITOR(11);

    final int number;

    UbusMessageType(int number) {
        this.number = number;
    }

    static Optional<UbusMessageType> of(int number) {
        for (UbusMessageType each : values()) {
            if (each.number == number) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
