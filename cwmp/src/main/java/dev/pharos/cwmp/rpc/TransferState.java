// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// How far a transfer has come.
public enum TransferState {
    NOT_YET_STARTED(1),
    IN_PROGRESS(2),
    COMPLETED(3);

    private final int number;

    TransferState(int number) {
        this.number = number;
    }

    /// As on the wire.
    public int number() {
        return number;
    }
}
