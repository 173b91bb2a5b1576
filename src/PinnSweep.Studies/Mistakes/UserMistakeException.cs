namespace PinnSweep.Studies.Mistakes;

/// <summary>
/// Something the user can mend: a wrong file, key, value, path or port. The command line prints <see cref="Exception.Message"/> as it is
/// and ends with exit code 1. The message names the place (<c>study.yaml:14: …</c>), what is wrong, what is allowed, and the nearest match.
/// </summary>
public sealed class UserMistakeException(string message, Exception? inner = null) : Exception(message, inner);
