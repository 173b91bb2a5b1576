namespace PinnSweep.Client;

/// <summary>Nobody answers now; trying again may help.</summary>
internal sealed class UnreachableException(string message, Exception? inner) : Exception(message, inner);
