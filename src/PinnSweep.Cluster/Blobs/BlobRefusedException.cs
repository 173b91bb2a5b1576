namespace PinnSweep.Cluster.Blobs;

/// <summary>The coordinator's node does not take or give a blob, and asking again would not change that.</summary>
/// <param name="message">What it said.</param>
/// <param name="isOfWorker">It refuses whatever this worker asks, for want of a right token: no fault of a trial.</param>
public sealed class BlobRefusedException(string message, bool isOfWorker) : Exception(message)
{
    /// <summary>It refuses whatever this worker asks.</summary>
    public bool IsOfWorker => isOfWorker;
}
