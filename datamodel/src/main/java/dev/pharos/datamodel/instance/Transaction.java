// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.instance;

import java.util.List;
import java.util.Map;

/// Changes that happen together or not at all. Used by one thread, within one write.
public interface Transaction {
    /// The data model with this transaction's changes so far.
    Snapshot snapshot();

    /// Writes a parameter; the value is checked and brought into canonical form (`0123` becomes `123`,
    /// key-style references become instance numbers).
    ///
    /// @param parameterPath with instance numbers
    /// @throws dev.pharos.usp.UspException 7010, 7011, 7012, 7013, 7016; the transaction goes on without this
    ///     change
    void set(String parameterPath, String value);

    /// Creates a row with defaults and generated keys.
    ///
    /// @param tablePath with instance numbers and trailing dot, without a row: `Device.WiFi.SSID.`
    /// @return the new row's path
    /// @throws dev.pharos.usp.UspException 7016, 7018, 7019, 7005; the transaction goes on without this row
    String add(String tablePath);

    /// As [#add], with an Instance Number that the device chooses. [Origin#DEVICE] only.
    String add(String tablePath, long instanceNumber);

    /// The row that has these unique key values: the present one, or a new one. A new row gets the Instance
    /// Number, and the written values, that a row with the same keys had before the last restart (R-ARC.8):
    /// the way for devices to publish what they find. [Origin#DEVICE] only.
    ///
    /// @param keys of one unique key of the table, all its parameters
    String add(String tablePath, Map<String, String> keys);

    /// Removes a row and all beneath it, and what strong references say of it.
    ///
    /// @throws dev.pharos.usp.UspException 7016, 7024 (not deletable); the transaction goes on without this
    ///     change
    void delete(String rowPath);

    /// What would keep this transaction, as it is now, from being committed: duplicate keys (7025), strong
    /// references without target (7012), and what the touched service elements refuse. Empty where it can be
    /// committed.
    List<PathFault> check();

    /// Marks this point, so that what follows can be taken back alone.
    Savepoint savepoint();

    void rollbackTo(Savepoint savepoint);

    /// A point in a transaction.
    interface Savepoint {}
}
