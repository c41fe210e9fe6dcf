// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.device;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Map;

/// Backs one part of the data model with a device: says what is supported, keeps it true, and carries out
/// what is written.
///
/// Methods but [#start] and [#close] may be called by several threads; none is called while a lock of the
/// data model is held that [DeviceContext#snapshot] needs.
public interface ServiceElement extends AutoCloseable {

    /// The objects, parameters, commands and events that this element backs, all of them and nothing else.
    /// Several elements may back different parameters of the same object.
    SupportedDataModel supported();

    /// Called once, in the order of mounting, after kept values were restored: creates rows and values
    /// through [DeviceContext#update] and begins to watch the device. Single objects exist already, with
    /// defaults.
    void start(DeviceContext context);

    /// Whether this parameter is asked for at each read instead of being stored, such as an up-time or a
    /// counter. Read-only parameters that belong to no unique key can be live. Asked when the data model
    /// starts.
    default boolean isLive(String supportedParameterPath) {
        return false;
    }

    /// The present value of a live parameter; must be cheap.
    default String read(ObjectInstance object, String parameter) {
        throw new UspException(StandardErrorCode.INTERNAL_ERROR, "not live: " + object.path() + parameter);
    }

    /// Completes a row that management has added to a table of this element's: gives its read-only parameters
    /// (such as who created it) the values that only the device knows. Called as part of the commit, before
    /// keys and references are checked and before [#validate], on the committing thread; again after a
    /// rollback to a savepoint.
    ///
    /// @param device writes as the device does, within the same transaction
    /// @throws UspException why there can be no such row
    default void complete(Transaction device, ObjectInstance row) {}

    /// Refuses what cannot work, before anything happens. `proposed` holds this element's changes only. May
    /// be asked several times before a commit, and about what is never committed.
    ///
    /// @throws UspException why; a text that holds the path of a changed parameter puts the blame on it
    default void validate(ChangeSet proposed) {}

    /// Carries out what was written by management. Runs while the writer waits: what it publishes through
    /// [DeviceContext#update] on this thread becomes visible together with the changes; an update that
    /// another thread wants to make waits until this returns, so that waiting for such a thread here never
    /// ends.
    ///
    /// @throws UspException why it could not be done; then this element has left everything as it was
    default void apply(ChangeSet changes) {}

    /// Takes back what [#apply] did, since another element failed.
    default void undo(ChangeSet changes) {}

    /// Runs a command to its end and returns its output arguments; may take long; an interrupt means cancel.
    ///
    /// @throws UspException 7022 or a better code
    default Map<String, String> operate(CommandCall call) throws InterruptedException {
        throw new UspException(
                StandardErrorCode.COMMAND_FAILURE,
                "not backed: " + call.command().name());
    }

    @Override
    default void close() {}
}
