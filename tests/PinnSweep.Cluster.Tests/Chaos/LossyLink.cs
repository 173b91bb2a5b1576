using Akka.Actor;
using PinnSweep.Numerics.Streams;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Chaos;

/// <summary>
/// The network between one worker and the coordinator: loses, doubles, delays and so reorders messages both ways, by a named random stream;
/// cut, it loses everything; held, it keeps everything and lets it go at once, as a process that was stopped and goes on does.
/// </summary>
internal sealed class LossyLink : ReceiveActor
{
    private readonly RandomStream _chance;
    private readonly ChaosRates _rates;
    private readonly Action<ReportAcknowledged> _heard;
    private readonly List<(IActorRef To, object Message)> _held = [];
    private LinkState _state = LinkState.Open;
    private IActorRef _worker = ActorRefs.Nobody;

    public LossyLink(IActorRef coordinator, RandomStream chance, ChaosRates rates, Action<Report> said, Action<ReportAcknowledged> heard)
    {
        _chance = chance;
        _rates = rates;
        _heard = heard;
        Receive<Serve>(serve => _worker = serve.Worker);
        Receive<LinkState>(Become);
        Receive<Delayed>(delayed => Deliver(delayed.To, delayed.Message));
        Receive<Protocol.IFromWorker>(message =>
        {
            if (message is Report { Content: ReportContent.Finished } report)
            {
                said(report);
            }

            Carry(coordinator, message);
        });
        Receive<Protocol.IFromCoordinator>(message => Carry(_worker, message));
    }

    private void Become(LinkState state)
    {
        _state = state;
        if (state == LinkState.Open)
        {
            foreach (var (to, message) in _held)
            {
                Deliver(to, message);
            }

            _held.Clear();
        }
    }

    private void Carry(IActorRef to, object message)
    {
        var chance = _chance.NextDouble();
        if (_state == LinkState.Cut || chance < _rates.Lost)
        {
            return;
        }

        if (_state == LinkState.Held)
        {
            _held.Add((to, message));
            return;
        }

        if (chance < _rates.Lost + _rates.Doubled)
        {
            Later(to, message);
        }

        if (chance > 1 - _rates.Delayed)
        {
            Later(to, message);
        }
        else
        {
            Deliver(to, message);
        }
    }

    private void Later(IActorRef to, object message) => Context.System.Scheduler.ScheduleTellOnce(
        TimeSpan.FromMilliseconds(1 + (_chance.NextDouble() * 60)), Self, new Delayed(to, message), Self);

    private void Deliver(IActorRef to, object message)
    {
        if (_state != LinkState.Open)
        {
            Carry(to, message);
            return;
        }

        if (message is ReportAcknowledged acknowledged && to.Equals(_worker))
        {
            _heard(acknowledged);
        }

        to.Tell(message, Self);
    }

    public sealed record Serve(IActorRef Worker);

    private sealed record Delayed(IActorRef To, object Message);
}

/// <summary>What a link does with messages.</summary>
internal enum LinkState
{
    Open,
    Cut,
    Held,
}

/// <summary>Shares of messages that a link mistreats.</summary>
internal sealed record ChaosRates(double Lost, double Doubled, double Delayed);
