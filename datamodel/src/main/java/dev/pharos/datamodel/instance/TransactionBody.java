// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.instance;

/// What happens in a transaction.
@FunctionalInterface
public interface TransactionBody<T> {
    T run(Transaction transaction);
}
