namespace PinnSweep.Cluster.Hardware;

/// <summary>What nvidia-smi answered.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Errors">What it wrote to standard error.</param>
public sealed record SmiAnswer(int ExitCode, string Output, string Errors = "");
