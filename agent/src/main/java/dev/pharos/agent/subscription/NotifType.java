// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import java.util.Optional;

/// The kinds of notification that can be subscribed to.
enum NotifType {
    VALUE_CHANGE("ValueChange"),
    OBJECT_CREATION("ObjectCreation"),
    OBJECT_DELETION("ObjectDeletion"),
    OPERATION_COMPLETE("OperationComplete"),
    EVENT("Event");

    private final String text;

    NotifType(String text) {
        this.text = text;
    }

    static Optional<NotifType> of(String text) {
        for (NotifType type : values()) {
            if (type.text.equals(text)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
