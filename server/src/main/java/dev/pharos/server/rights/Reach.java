// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rights;

/// How an operation of the REST interface keeps to the devices of whoever has a [Scope]. What says nothing is about the
/// whole fleet, and refused to them ([Reaches]).
public enum Reach {
    /// It is about the device that its address names as `{id}`: one out of scope is unknown.
    DEVICE,
    /// It shows and changes what the stores show, which is what is in scope.
    SEEN,
    /// It is about no device.
    NONE
}
