// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// An OpenID provider by which people sign in.
///
/// @param id what tells it from others here; empty where it is the only one
/// @param label what people call it
/// @param path where a browser begins, with `?back=` and an address within the page
public record SignInProvider(String id, String label, String path) {}
