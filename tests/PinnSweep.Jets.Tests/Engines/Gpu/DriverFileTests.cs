using PinnSweep.Jets.Engines.Gpu;

namespace PinnSweep.Jets.Tests.Engines.Gpu;

public sealed class DriverFileTests
{
    private const string Closed = "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023\nGCC version:  gcc version 12.2.0 (Debian 12.2.0-14)\n";
    private const string Open = "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  Release Build  (dvs-builder)\nGCC version:  gcc version 13.3.0\n";

    [Theory]
    [InlineData(Closed, "535.104.05")]
    [InlineData(Open, "570.86.15")]
    [InlineData("something else\n", null)]
    public void VersionIn_reads_both_kinds_of_modules(string text, string? version) => Assert.Equal(version, DriverFile.VersionIn(text));

    [Theory]
    [InlineData("12.8", Open, "570.86.15 (CUDA 12.8)")]
    [InlineData("12.8", null, "CUDA 12.8")]
    [InlineData(null, Open, "570.86.15")]
    [InlineData(null, null, null)]
    public void Describe_says_what_is_known(string? cuda, string? file, string? says) => Assert.Equal(says, DriverFile.Describe(cuda, file));
}
