// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

/// A store could not do what it was asked: nothing may be taken as kept.
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreException(String message) {
        super(message);
    }
}
