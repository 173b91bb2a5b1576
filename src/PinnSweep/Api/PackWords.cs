using System.Globalization;

namespace PinnSweep.Api;

/// <summary>What trains together on a device, in words.</summary>
internal static class PackWords
{
    /// <summary><c>12 of 16 train, at most 12 (memory); helmholtz, mlp hidden=[50,50], float32</c>, and what is wrong.</summary>
    public static string Of(PackModel pack) => string.Join("; ", new[]
    {
        string.Create(CultureInfo.InvariantCulture, $"{pack.Training} of {pack.Lanes} train{(pack.Allowed < pack.Lanes ? $", at most {pack.Allowed}{(pack.Why is { } why ? $" ({why})" : "")}" : "")}"),
        pack.Shape,
        pack.Trouble,
    }.Where(part => part is not null));
}
