namespace PinnSweep.Testing;

/// <summary>
/// Thrown where a test cannot run on this machine; xunit.v3 knows a skip by the first word of the message and prints the rest.
/// </summary>
public sealed class TestSkippedException(string reason) : Exception("$XunitDynamicSkip$" + reason);
