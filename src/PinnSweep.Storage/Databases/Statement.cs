namespace PinnSweep.Storage.Databases;

/// <summary>A statement with positional parameters <c>$1, $2, …</c>, the same text for both databases.</summary>
internal readonly record struct Statement(string Sql, params object?[] Values);
