"""One life, carried out by the services at moments that are long past."""

import random
from datetime import datetime, timedelta

from apps.accounts.enums import Duty
from apps.deadlines.arithmetic import add_working_hours
from apps.dossiers import services
from apps.dossiers.enums import Channel, PartyRole, Status
from apps.dossiers.intake import ComponentIn, Intake, PartyIn
from apps.dossiers.selectors import Dossier
from apps.dossiers.services.returning import HandOver, ResultIn
from apps.fees import services as fees
from apps.workflow import selectors as workflow
from apps.workflow.selectors import StepView
from infra.seed.applicants import as_firm, as_party, make_firm, make_person
from infra.seed.colleagues import Colleagues
from infra.seed.lives import Life, Scene
from infra.seed.papers import ANSWERS, Situation
from kernel.actors import Actor, ActorKind

_AGES = {"1.001193": (20, 42), "2.000986": (20, 42), "1.000894": (20, 40)}
_GROUND = "Khoản 2 Điều 15 Nghị định số 118/2025/NĐ-CP"
_SENT_BACK = ("return", "consult")


def live(scene: Scene, colleagues: Colleagues, life: Life) -> None:
    _Living(scene, colleagues, life).run()


class _Living:
    """Holds what the acts of one dossier share: chance, the moment, the dossier and its people."""

    def __init__(self, scene: Scene, colleagues: Colleagues, life: Life) -> None:
        self.scene, self.colleagues, self.life = scene, colleagues, life
        self.chance = random.Random(f"{scene.tenant}:{life.number}:life")  # noqa: S311 - a demo
        self.moment = life.handed_in_at
        self.copies = 1
        self.dossier: Dossier
        self.applicant: PartyIn

    def run(self) -> None:
        aim = self.life.aim
        self._submit()
        if aim == Status.SUBMITTED:
            return
        self.moment = max(self.life.accepted_at, self.moment)
        if aim == Status.NOT_ACCEPTED:
            self._refuse()
        elif aim == Status.AWAITING_SUPPLEMENT and not self.life.sure and self.chance.random() < 0.25:
            self._ask_for_papers(Duty.RECEPTION, self.dossier.receiving_unit.path)
        else:
            self._accept()
            self._go_on()

    def _go_on(self) -> None:
        aim = self.life.aim
        if aim == Status.ACCEPTED:
            return
        if aim in (Status.STOPPED, Status.WITHDRAWAL_REQUESTED) and self.chance.random() < 0.5:
            self._end()
            return
        self._do_steps()
        if aim in (Status.FINISHED, Status.RETURNED):
            self._finish()
        elif aim == Status.AWAITING_SUPPLEMENT:
            self._ask_for_papers(Duty.SPECIALIST, self.dossier.competent_unit.path)
        elif aim == Status.AWAITING_PAYMENT:
            self._ask_for_money()
        elif aim == Status.PROCESSING:
            self._maybe_claim()
        else:
            self._end()

    # Handing in

    def _submit(self) -> None:
        life, chance = self.life, self.chance
        person = make_person(
            chance,
            tenant=self.scene.tenant,
            commune=life.counter.place,
            today=life.handed_in_at.date(),
            age=_AGES.get(life.procedure, (19, 70)),
        )
        if life.procedure in ("2.000635", "2.000815"):
            self.copies = chance.choice((1, 1, 2, 3, 5))
        who = Situation(
            chance,
            self.scene.tenant,
            life.counter.place,
            life.handed_in_at.date(),
            person,
            self.copies,
            make_firm(chance, tenant=self.scene.tenant, commune=life.counter.place),
        )
        online = life.channel == Channel.ONLINE
        submitter = as_party(person, PartyRole.SUBMITTER, with_email=online or chance.random() < 0.3)
        owner = as_party(person, PartyRole.OWNER, with_email=False)
        if life.procedure == "2.001955":
            owner = as_firm(who.firm)
        elif chance.random() < 0.1:
            submitter = as_party(who.someone(), PartyRole.SUBMITTER, with_email=online)
        self.applicant = submitter
        by = Actor(kind=ActorKind.APPLICANT, id=None, name=submitter.name)
        if not online:
            by = self._pick(Duty.RECEPTION, life.counter.unit.path)
        self.dossier = services.submit(
            intake=self._intake(who, (submitter, owner)), by=by, now=life.handed_in_at
        )

    def _intake(self, who: Situation, parties: tuple[PartyIn, ...]) -> Intake:
        life, content = self.life, self.scene.contents[self.life.procedure]
        known = {component["key"]: component for component in content["components"]}
        result_channels = (Channel.DIRECT, Channel.DIRECT, Channel.POSTAL, Channel.ONLINE)
        foreign = ""
        if life.channel == Channel.ONLINE and self.chance.random() < 0.04:
            foreign = f"000.00.{life.number % 90 + 10}.{self.scene.tenant}-{life.handed_in_at:%y%m%d}-{life.number:04d}"
        return Intake(
            procedure_code=life.procedure,
            case_code=life.case["code"],
            receiving_unit_id=life.counter.unit.id,
            channel=life.channel,
            parties=parties,
            components=tuple(
                ComponentIn(
                    key=key,
                    originals=known[key]["originals"],
                    copies=max(known[key]["copies"], who.copies - 1),
                )
                for key in life.case["components"]
                if known[key]["required"] or self.chance.random() < 0.25
            ),
            answers=ANSWERS[life.procedure](who),
            copies=who.copies,
            result_channel=self.chance.choice(result_channels)
            if life.channel != Channel.DIRECT
            else Channel.DIRECT,
            foreign_code=foreign,
        )

    # At the counter

    def _accept(self) -> None:
        self.dossier = services.accept(
            dossier_id=self.dossier.id, by=self._pick(Duty.RECEPTION, self._counter_path()), now=self.moment
        )
        if self.life.aim != Status.AWAITING_PAYMENT:
            self._pay()

    def _pay(self) -> None:
        lines = fees.assess(
            fees=self.scene.contents[self.life.procedure]["fees"],
            channel=self.life.channel,
            case=self.life.case["code"],
            copies=self.copies,
            exempt_group=None,
        )
        owed = sum(line.total for line in lines)
        if not owed:
            return
        services.record_fee_payment(
            dossier_id=self.dossier.id,
            amount=owed,
            method="CASH" if self.life.channel == Channel.DIRECT else "TRANSFER",
            receipt_no=f"BL{self.life.number:05d}",
            key=f"seed-{self.life.number}",
            by=self._pick(Duty.CASHIER, self._counter_path()),
            now=self.moment,
        )

    def _refuse(self) -> None:
        reasons = (
            "Thủ tục không thuộc thẩm quyền giải quyết của cơ quan tiếp nhận",
            "Thành phần hồ sơ không đúng đối tượng đăng ký",
            "Hồ sơ trùng với hồ sơ đã nộp trước đó",
        )
        services.refuse_intake(
            dossier_id=self.dossier.id,
            reason=self.chance.choice(reasons),
            by=self._pick(Duty.RECEPTION, self._counter_path()),
            now=self.moment,
        )

    # At the desks

    def _do_steps(self) -> None:
        """As many as the life says; a chief sends back now and then, which makes it one more."""
        sent_back = self.chance.random() > 0.05 or self.life.sure
        done = 0
        while done < self.life.steps or self.life.aim in (Status.FINISHED, Status.RETURNED):
            waiting = workflow.list_open_steps(self.dossier.id)
            if not waiting:
                return
            step = self.chance.choice(waiting)
            self._pass(self.life.pace_hours)
            decision = self._decide(step, sent_back)
            sent_back = sent_back or decision in _SENT_BACK
            self.dossier = services.complete_step(
                dossier_id=self.dossier.id,
                step_id=step.public_id,
                decision=decision,
                note="Đề nghị rà soát lại nội dung dự thảo" if decision in _SENT_BACK else "",
                by=self._pick(step.duty, step.unit_path),
                now=self.moment,
            )
            done += 1
            if done == 1 and self.life.wait_hours:
                self._wait_for_papers()

    def _decide(self, step: StepView, sent_back: bool) -> str | None:
        codes = [decision.code for decision in step.decisions]
        if not codes:
            return None
        if "verify" in codes and self.life.case["code"] == "1.000894.01":
            return "verify"
        if not sent_back:
            return next((code for code in codes if code in _SENT_BACK), codes[0])
        return codes[0]

    def _wait_for_papers(self) -> None:
        self._ask_for_papers(Duty.SPECIALIST, self.dossier.competent_unit.path)
        self._pass(self.life.wait_hours)
        self.dossier = services.receive_supplement(
            dossier_id=self.dossier.id,
            components=(),
            by=self._pick(Duty.RECEPTION, self._counter_path()),
            now=self.moment,
        )

    def _ask_for_papers(self, duty: Duty, unit_path: str) -> None:
        content = self.scene.contents[self.life.procedure]
        paper = self.chance.choice(content["components"])["name"]
        services.request_supplement(
            dossier_id=self.dossier.id,
            items=[paper],
            reason="Bản đã nộp bị mờ, không đọc được đầy đủ thông tin",
            ground=_GROUND,
            by=self._pick(duty, unit_path),
            now=self._later(minutes=15),
        )

    def _ask_for_money(self) -> None:
        services.request_payment(
            dossier_id=self.dossier.id,
            reason="Nộp phí, lệ phí giải quyết thủ tục hành chính",
            ground=self._fee_ground(),
            by=self._pick(Duty.SPECIALIST, self.dossier.competent_unit.path),
            now=self._later(minutes=15),
        )

    def _fee_ground(self) -> str:
        grounds = [fee["legal_ground"] for fee in self.scene.contents[self.life.procedure]["fees"]]
        return grounds[0] if grounds else _GROUND

    def _maybe_claim(self) -> None:
        """Half of what is open is in somebody's hands."""
        if not self.life.sure and self.chance.random() < 0.5:
            return
        step = workflow.list_open_steps(self.dossier.id)[0]
        services.claim_step(
            dossier_id=self.dossier.id,
            step_id=step.public_id,
            by=self._pick(step.duty, step.unit_path),
            now=self._later(minutes=10),
        )

    # The end

    def _finish(self) -> None:
        result = self.scene.contents[self.life.procedure]["results"][0]
        if self.life.aim == Status.FINISHED and self.chance.random() < 0.15:
            return  # finished, and the registry clerk has not entered the result yet
        signatory = self._pick(Duty.SIGNATORY, self.dossier.competent_unit.path)
        services.record_result(
            dossier_id=self.dossier.id,
            result=ResultIn(
                code=result["code"],
                name=result["name"],
                number=f"{self.life.number + 1}/{self.moment:%Y}",
                signed_by_name=signatory.name,
                signed_on=self.moment.date(),
            ),
            by=self._pick(Duty.REGISTRY_CLERK, self.dossier.competent_unit.path),
            now=self.moment,
        )
        if self.life.aim == Status.RETURNED:
            self._return()

    def _return(self) -> None:
        self._pass(self.life.pace_hours)
        channel = self.dossier.result_channel
        services.return_result(
            dossier_id=self.dossier.id,
            hand_over=HandOver(
                method={Channel.DIRECT: "DESK", Channel.POSTAL: "POST"}.get(Channel(channel), "ONLINE"),
                receiver_name=self.applicant.name,
                receiver_identity=self.applicant.identity_number,
                proof="" if channel == Channel.DIRECT else f"VN{self.life.number:09d}",
            ),
            by=self._pick(Duty.RETURN_CLERK, self._counter_path()),
            now=self.moment,
        )

    def _end(self) -> None:
        """Stopped by a chief, or taken back by the applicant."""
        if self.life.aim == Status.STOPPED and self.chance.random() < 0.5:
            services.stop(
                dossier_id=self.dossier.id,
                reason="Người nộp không bổ sung hồ sơ trong thời hạn",
                ground=_GROUND,
                by=self._pick(Duty.SIGNATORY, self.dossier.competent_unit.path),
                now=self._later(minutes=30),
            )
            return
        services.request_withdrawal(
            dossier_id=self.dossier.id,
            reason="Người nộp không còn nhu cầu giải quyết",
            by=self._pick(Duty.RECEPTION, self._counter_path()),
            now=self._later(minutes=30),
        )
        if self.life.aim == Status.STOPPED:
            services.approve_withdrawal(
                dossier_id=self.dossier.id,
                by=self._pick(Duty.SIGNATORY, self.dossier.competent_unit.path),
                now=self._later(minutes=50),
            )

    # What the acts share

    def _counter_path(self) -> str:
        return self.life.counter.unit.path

    def _pick(self, duty: str, unit_path: str) -> Actor:
        return self.colleagues.pick(self.chance, duty, unit_path)

    def _pass(self, hours: float) -> None:
        """Working time goes by; nothing happens after the present."""
        self.moment = min(
            max(add_working_hours(self.scene.calendar, self.moment, hours), self.moment), self.scene.now
        )

    def _later(self, *, minutes: int) -> datetime:
        return min(self.moment + timedelta(minutes=minutes), self.scene.now)
