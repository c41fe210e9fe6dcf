// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.controller.query.Condition;

/// Which devices, in which order, from where on.
///
/// @param cursor the `nextCursor` of the page before, empty for the first
public record DeviceQuery(Condition condition, Sort sort, boolean descending, int limit, String cursor) {

    public enum Sort {
        ID,
        LAST_SEEN,
        MODEL_NAME
    }

    public static DeviceQuery all(int limit) {
        return new DeviceQuery(Condition.EVERYTHING, Sort.ID, false, limit, "");
    }
}
