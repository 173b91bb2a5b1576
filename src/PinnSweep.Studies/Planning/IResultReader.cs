using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Planning;

/// <summary>Whole results, read when they are asked for. May be used by several threads at once.</summary>
public interface IResultReader
{
    /// <summary>The results of these trials in this order, a few at a time; the next are read when they are wanted.</summary>
    /// <param name="trials">Trials with a result.</param>
    /// <param name="parts">What of each.</param>
    /// <exception cref="Mistakes.UserMistakeException">One that could be read before cannot be any more.</exception>
    IEnumerable<TrialResult> Read(IEnumerable<TrialKey> trials, ResultParts parts);
}
