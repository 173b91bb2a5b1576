using System.Text.RegularExpressions;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>The version of the driver itself, which the kernel's module tells in a file; the library tells that of CUDA alone.</summary>
internal static partial class DriverFile
{
    private const string Place = "/proc/driver/nvidia/version";

    /// <summary>The driver's version with that of CUDA, for instance <c>570.86.15 (CUDA 12.8)</c>; null where neither is known.</summary>
    /// <param name="cuda">The version of CUDA that the driver speaks.</param>
    public static string? Describe(string? cuda) => Describe(cuda, Read());

    internal static string? Describe(string? cuda, string? file) => (cuda, file is null ? null : VersionIn(file)) switch
    {
        ({ } spoken, { } own) => $"{own} (CUDA {spoken})",
        ({ } spoken, null) => $"CUDA {spoken}",
        (null, var own) => own,
    };

    /// <summary>The version in the text of the file; null where there is none.</summary>
    internal static string? VersionIn(string text) => Version().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    private static string? Read()
    {
        try
        {
            return File.Exists(Place) ? File.ReadAllText(Place) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  …
    // NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  …
    [GeneratedRegex(@"^NVRM version:.*?\s(\d{3,}\.\d+(?:\.\d+)*)\s", RegexOptions.Multiline)]
    private static partial Regex Version();
}
