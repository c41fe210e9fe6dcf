// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.instance;

/// Who changes the data model, which decides what may be changed.
public enum Origin {
    /// A management protocol: only writable parameters and rows of writable tables, types and facets checked.
    MANAGEMENT,
    /// The device itself: anything that its model has; types are checked.
    DEVICE
}
