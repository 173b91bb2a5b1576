using System.CommandLine;

namespace PinnSweep.Commands;

/// <summary>What verbs share that ask a trained network.</summary>
internal static class NetworkArguments
{
    public static Argument<string> Network() => new("TRIAL|FILE")
    {
        Description = "A trial of the store, by its key or the beginning of it, or a file that `train --save` wrote",
    };
}
