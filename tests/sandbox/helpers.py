"""What several tests of the sandbox say in one word."""

from base64 import b64encode

QR = (
    "ST00012|Name=Казначейство России (ФНС России)|PersonalAcc=03100643000000018500"
    "|BankName=ОТДЕЛЕНИЕ ТУЛА БАНКА РОССИИ//УФК|BIC=017003983"
    "|CorrespAcc=40102810445370000059|PayeeINN=7727406020|KPP=770701001|Sum=1000000"
    "|Purpose=НДФЛ за патент. Квитанция MMC-7KQ4MX2P|PayerINN=775100004210"
    "|LastName=Тестов|FirstName=Тест|CBC=18210102040011000110|OKTMO=45000000"
    "|DrawerStatus=13|PaytReason=0|TaxPeriod=0|DocNo=0|DocDate=0"
)
WORKER_INNS = ("775100004210", "770000000156")
ACQUIRER_INN = "7799123455"


def basic(login="sandbox-shop", password="sandbox-secret"):
    return "Basic " + b64encode(f"{login}:{password}".encode()).decode()


def order(value="10000.00", **metadata):
    """A body of POST /payments as the portal sends it."""
    return {
        "amount": {"value": value, "currency": "RUB"},
        "capture": True,
        "confirmation": {"type": "redirect", "return_url": "http://portal.test/back/"},
        "description": "Патент, 1 месяц",
        "metadata": metadata or {"receipt": "MMC-7KQ4MX2P", "login": "1381162"},
    }


def create(web, body=None, key="key-1"):
    headers = {"Authorization": basic(), "Idempotence-Key": key}
    return web.post("/yookassa/v3/payments", json=body or order(), headers=headers)


def capture(web, body=None, key="key-1"):
    """A payment that the buyer has paid; answers its id."""
    payment_id = create(web, body, key).json["id"]
    web.post(f"/pay/{payment_id}/", data={"action": "pay"})
    return payment_id


def payment(web, payment_id):
    return web.get(f"/yookassa/v3/payments/{payment_id}", headers={"Authorization": basic()}).json


def files(config):
    """Contents of the statement files in the order in which they were formed."""
    names = sorted(config.statements_dir.glob("*.txt"), key=lambda path: path.stem[-5:])
    return [path.read_bytes() for path in names]


def parse(content):
    """A statement as the tests read it: header, account section, documents; cp1251 and CRLF."""
    text = content.decode("cp1251")
    assert text.count("\n") == text.count("\r\n")
    head, account, documents = {}, {}, []
    target = head
    for line in text.split("\r\n"):
        key, _equals, value = line.partition("=")
        if key == "СекцияРасчСчет":
            target = account
        elif key == "СекцияДокумент":
            target = {"вид": value}
            documents.append(target)
        elif key in ("КонецРасчСчет", "КонецДокумента"):
            target = head
        else:
            target[key] = value
    return head, account, documents
