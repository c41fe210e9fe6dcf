// SPDX-License-Identifier: Apache-2.0
/// Packages as apk-tools 3 reads them, which OpenWrt has in place of opkg after 24.10: a tree of values (ADB)
/// that says what is in the package, and blocks with what its files hold, all of it compressed; see apk-v3(5).
@NullMarked
package dev.pharos.cli.apk;

import org.jspecify.annotations.NullMarked;
