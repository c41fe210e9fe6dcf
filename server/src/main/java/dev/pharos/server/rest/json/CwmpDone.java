// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// What a device of TR-069 was asked to do.
///
/// @param done whether it has done it; else it waits for its next session
public record CwmpDone(boolean done, NextSession nextSession) {}
