namespace PinnSweep.Client;

/// <summary>Nobody answers now; trying again may help.</summary>
internal sealed class UnreachableException(string message, Exception? inner) : Exception(message, inner)
{
    /// <summary>A node answered that it cannot now: the address is right.</summary>
    public bool IsNotNow { get; init; }
}
