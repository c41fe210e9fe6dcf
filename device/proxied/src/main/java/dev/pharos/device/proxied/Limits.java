// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

/// The bounds of this module, each with its reason.
public final class Limits {
    /// Things of one bridge: a house full of sensors, and an agent of 64 MB that still holds all of them.
    public static final int THINGS = 256;

    /// Capabilities of one thing and of each of its nodes; the fullest example of TR-369 has nine.
    public static final int CAPABILITIES = 64;

    /// Nodes of one thing: a strip with as many sockets is not sold.
    public static final int NODES = 32;

    /// Resources of one thing that are shown in its own words; a device of LwM2M with ten objects has about 100.
    public static final int RESOURCES = 256;

    /// Longest value that is shown: a reading, a name, a short list. Longer ones would fill the memory of a gateway
    /// with what strangers send.
    public static final int VALUE_CHARACTERS = 2_048;

    /// Longest identifier, name or path that a thing gives itself; TR-181 has 64 for a Name.
    public static final int NAME_CHARACTERS = 64;

    private Limits() {}
}
