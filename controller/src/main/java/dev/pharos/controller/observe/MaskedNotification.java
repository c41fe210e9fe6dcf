// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.usp.message.Notification;

/// What a Notify tells, with its secrets masked.
///
/// @param masking what knows the secrets of the Message
record MaskedNotification(Masking masking) {

    Notification of(Notification notification) {
        return switch (notification) {
            case Notification.Event event ->
                new Notification.Event(
                        event.objPath(),
                        event.eventName(),
                        masking.values(event.objPath() + event.eventName() + ".", event.params()));
            case Notification.ValueChange change ->
                new Notification.ValueChange(
                        masking.path(change.paramPath()), masking.value(change.paramPath(), change.paramValue()));
            case Notification.ObjectCreation creation ->
                new Notification.ObjectCreation(
                        creation.objPath(), masking.values(creation.objPath(), creation.uniqueKeys()));
            case Notification.ObjectDeletion deletion -> deletion;
            case Notification.OperationComplete complete ->
                new Notification.OperationComplete(
                        complete.objPath(),
                        complete.commandName(),
                        masking.text(complete.commandKey()),
                        result(complete.objPath() + complete.commandName() + ".", complete.result()));
            case Notification.OnBoardRequest request -> request;
        };
    }

    private Notification.OperationResult result(String command, Notification.OperationResult result) {
        return switch (result) {
            case Notification.OutputArgs output ->
                new Notification.OutputArgs(masking.values(command, output.outputArgs()));
            case Notification.CommandFailure failure -> new Notification.CommandFailure(masking.fault(failure.fault()));
        };
    }
}
